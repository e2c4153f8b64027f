using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Shell.Tests.Oracle;

/// <summary>What <c>run:</c> of GitHub and <c>script:</c> of GitLab and Travis hand to the shell.</summary>
internal static partial class CiScripts
{
    private static readonly HashSet<string> Keys =
        new(["run", "script", "before_script", "after_script", "install"], StringComparer.Ordinal);

    public static IEnumerable<CorpusBlock> Read(string yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException)
        {
            // A template of YAML, or another dialect: there is nothing for us in it.
            return [];
        }

        var found = new List<CorpusBlock>();
        foreach (var document in stream.Documents)
        {
            Find(document.RootNode, found, depth: 0);
        }

        return found;
    }

    private static void Find(YamlNode node, List<CorpusBlock> found, int depth)
    {
        const int DepthMax = 40;
        if (depth == DepthMax)
        {
            return;
        }

        if (node is YamlSequenceNode sequence)
        {
            foreach (var item in sequence)
            {
                Find(item, found, depth + 1);
            }
        }
        else if (node is YamlMappingNode mapping)
        {
            foreach (var (key, value) in mapping)
            {
                if (key is YamlScalarNode { Value: { } name } && Keys.Contains(name) && !IsForeign(mapping))
                {
                    Add(value, found);
                }

                Find(value, found, depth + 1);
            }
        }
    }

    private static bool IsForeign(YamlMappingNode mapping) =>
        mapping.Children.TryGetValue(new YamlScalarNode("shell"), out var shell)
        && shell is YamlScalarNode { Value: not (null or "bash" or "sh") };

    private static void Add(YamlNode value, List<CorpusBlock> found)
    {
        if (value is YamlSequenceNode lines)
        {
            foreach (var line in lines)
            {
                Add(line, found);
            }
        }
        else if (value is YamlScalarNode { Value: { } text })
        {
            // GitHub puts a value there before a shell sees the text.
            found.Add(new CorpusBlock(
                value.Start.Line.ToString(CultureInfo.InvariantCulture), Expression().Replace(text, "EXPRESSION")));
        }
    }

    [GeneratedRegex(@"\$\{\{.*?\}\}", RegexOptions.Singleline)]
    private static partial Regex Expression();
}
