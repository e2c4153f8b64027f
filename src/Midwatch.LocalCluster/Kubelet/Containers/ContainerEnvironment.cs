using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>
/// Makes the variables that a manifest declares: envFrom, then env with its sources and <c>$(NAME)</c>.
/// </summary>
internal sealed class ContainerEnvironment(ObjectStore store, JsonObject pod, JsonObject container, NodeSize node)
{
    private readonly string _ns = pod.Text("metadata", "namespace") ?? "default";

    /// <summary>The variables, or why the container cannot be configured, in the kubelet's words.</summary>
    /// <param name="always">What every container has; a manifest's own variable of the name wins.</param>
    public EnvironmentResult Build(ImmutableDictionary<string, string> always)
    {
        var result = always;
        foreach (var source in container.Items("envFrom"))
        {
            var (data, error) = FromAll(source);
            if (error is not null)
            {
                return new EnvironmentResult.Unusable(error);
            }

            result = result.SetItems(
                data.Select(pair => KeyValuePair.Create(source.Text("prefix") + pair.Key, pair.Value)));
        }

        foreach (var variable in container.Items("env"))
        {
            var (value, error) = ValueOf(variable, result);
            if (error is not null)
            {
                return new EnvironmentResult.Unusable(error);
            }

            if (variable.Text("name") is { Length: > 0 } name && value is not null)
            {
                result = result.SetItem(name, value);
            }
        }

        return new EnvironmentResult.Built(result);
    }

    private (IEnumerable<KeyValuePair<string, string>> Data, string? Error) FromAll(JsonObject source)
    {
        var isSecret = source.At("secretRef") is not null;
        var reference = source.At(isSecret ? "secretRef" : "configMapRef");
        var name = reference.Text("name") ?? "";
        if (Find(isSecret, name) is { } found)
        {
            return (Data(isSecret, found), null);
        }

        return ([], reference.Flag("optional") ? null : NotFound(isSecret, name));
    }

    private (string? Value, string? Error) ValueOf(JsonObject variable, ImmutableDictionary<string, string> soFar)
    {
        if (variable.At("valueFrom") is not JsonObject source)
        {
            return (VariableExpansion.Expand(variable.Text("value") ?? "", soFar), null);
        }

        if (source.At("fieldRef") is { } field)
        {
            return (DownwardField.Read(pod, field.Text("fieldPath") ?? "", soFar), null);
        }

        if (source.At("resourceFieldRef") is { } resource)
        {
            var divisor = resource.At("divisor")?.ToString();
            return (ResourceAmount.Field(container, resource.Text("resource") ?? "", divisor, node), null);
        }

        return FromKey(source);
    }

    private (string? Value, string? Error) FromKey(JsonObject source)
    {
        var isSecret = source.At("secretKeyRef") is not null;
        var reference = source.At(isSecret ? "secretKeyRef" : "configMapKeyRef");
        var (name, key) = (reference.Text("name") ?? "", reference.Text("key") ?? "");
        var optional = reference.Flag("optional");
        if (Find(isSecret, name) is not { } found)
        {
            return (null, optional ? null : NotFound(isSecret, name));
        }

        var value = Data(isSecret, found).Where(pair => pair.Key == key).Select(pair => pair.Value).FirstOrDefault();
        return value is not null || optional
            ? (value, null)
            : (null, $"couldn't find key {key} in {(isSecret ? "Secret" : "ConfigMap")} {_ns}/{name}");
    }

    private JsonObject? Find(bool isSecret, string name) =>
        store.Get(new("", isSecret ? "secrets" : "configmaps", _ns, name))?.Body;

    private static string NotFound(bool isSecret, string name) =>
        $"{(isSecret ? "secret" : "configmap")} \"{name}\" not found";

    private static IEnumerable<KeyValuePair<string, string>> Data(bool isSecret, JsonObject source) =>
        isSecret
            ? source.Map("data").Select(pair => KeyValuePair.Create(
                pair.Key, Encoding.UTF8.GetString(Convert.FromBase64String(pair.Value))))
            : source.Map("data");
}
