using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>The short name of a pod template: FNV-1a over its canonical text, spelt as Kubernetes spells it.</summary>
internal static class TemplateHash
{
    // k8s.io/apimachinery/pkg/util/rand: no vowels, so that no words come out, and nothing that looks like another.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    public static string Of(JsonNode template, long collisions)
    {
        var text = Canonical(template) + (collisions > 0 ? collisions.ToString(CultureInfo.InvariantCulture) : "");
        var hash = 2166136261u;
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ octet) * 16777619u);
        }

        return SafeEncode(hash.ToString(CultureInfo.InvariantCulture));
    }

    public static string SafeEncode(string text) =>
        string.Create(text.Length, text, static (into, from) =>
        {
            for (var index = 0; index < from.Length; index++)
            {
                into[index] = Alphabet[from[index] % Alphabet.Length];
            }
        });

    /// <summary>Text that is the same for equal objects whatever the order of their fields.</summary>
    public static string Canonical(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                text.Append('{');
                foreach (var (name, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    text.Append(name.Length).Append(':').Append(name).Append('=');
                    Append(text, value);
                    text.Append(';');
                }

                text.Append('}');
                break;
            case JsonArray list:
                text.Append('[');
                foreach (var item in list)
                {
                    Append(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(node is null ? "null" : Scalar(node));
                break;
        }
    }

    private static string Scalar(JsonNode node) =>
        node.GetValueKind() == JsonValueKind.String ? '"' + node.GetValue<string>() + '"' : node.ToString();
}
