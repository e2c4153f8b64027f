using System.Text;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Containers;

namespace Midwatch.LocalCluster.Kubelet.Volumes;

/// <summary>Writes what a volume's source says into its folder.</summary>
internal sealed class VolumeContent(KubeletOptions options, JsonObject pod, string folder)
{
    /// <summary>The ConfigMap that every namespace of a real cluster has, with the API server's CA.</summary>
    private const string RootCertificates = "kube-root-ca.crt";

    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    private readonly string _ns = pod.Text("metadata", "namespace") ?? "default";

    /// <summary>Null when done, or why not, in the kubelet's words.</summary>
    public string? Write(JsonObject volume)
    {
        if (volume.At("configMap") is JsonObject configMap)
        {
            return WriteData(configMap, isSecret: false, configMap.Text("name") ?? "");
        }

        if (volume.At("secret") is JsonObject secret)
        {
            return WriteData(secret, isSecret: true, secret.Text("secretName") ?? "");
        }

        if (volume.At("downwardAPI") is JsonObject fields)
        {
            return WriteFields(fields);
        }

        if (volume.Text("persistentVolumeClaim", "claimName") is { } claim)
        {
            return options.Store.Get(new("", "persistentvolumeclaims", _ns, claim)) is null
                ? $"persistentvolumeclaim \"{claim}\" not found"
                : null;
        }

        return volume.Items("projected", "sources").Select(WriteProjected)
            .FirstOrDefault(failure => failure is not null);
    }

    /// <summary>
    /// Writes a service account token, the CA and the namespace, for pods that no admission gave such a volume.
    /// </summary>
    public string? WriteServiceAccount() =>
        WriteToken(new JsonObject { ["path"] = "token" })
        ?? WriteFile("ca.crt", options.Api.CertificateAuthority)
        ?? WriteFile("namespace", _ns);

    private string? WriteProjected(JsonObject source)
    {
        if (source.At("serviceAccountToken") is JsonObject token)
        {
            return WriteToken(token);
        }

        if (source.At("configMap") is JsonObject configMap)
        {
            return WriteData(configMap, isSecret: false, configMap.Text("name") ?? "");
        }

        if (source.At("secret") is JsonObject secret)
        {
            return WriteData(secret, isSecret: true, secret.Text("name") ?? "");
        }

        return source.At("downwardAPI") is JsonObject fields ? WriteFields(fields) : null;
    }

    private string? WriteToken(JsonObject source)
    {
        var account = pod.Text("spec", "serviceAccountName") ?? "default";
        var lifetime = source.Number("expirationSeconds") is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : TokenLifetime;
        var token = options.Api.IssueToken(
            _ns, account, pod.Text("metadata", "name") ?? "", pod.Text("metadata", "uid") ?? "", lifetime);
        return token is null
            ? $"failed to fetch token: serviceaccounts \"{account}\" not found"
            : WriteFile(source.Text("path") ?? "token", token);
    }

    private string? WriteFields(JsonObject source)
    {
        foreach (var item in source.Items("items"))
        {
            var variables = new Dictionary<string, string> { ["POD_IP"] = pod.Text("status", "podIP") ?? "" };
            var field = item.Text("fieldRef", "fieldPath") ?? "";
            _ = WriteFile(item.Text("path") ?? "", DownwardField.Read(pod, field, variables));
        }

        return null;
    }

    private string? WriteData(JsonObject source, bool isSecret, string name)
    {
        var optional = source.Flag("optional");
        if (options.Store.Get(new("", isSecret ? "secrets" : "configmaps", _ns, name))?.Body is not { } found)
        {
            return name == RootCertificates && !isSecret
                ? WriteFile("ca.crt", options.Api.CertificateAuthority)
                : optional ? null : $"{(isSecret ? "secret" : "configmap")} \"{name}\" not found";
        }

        var data = found.Map("data").ToDictionary(
            pair => pair.Key,
            pair => isSecret ? Convert.FromBase64String(pair.Value) : Encoding.UTF8.GetBytes(pair.Value));
        foreach (var (key, value) in found.Map("binaryData"))
        {
            data[key] = Convert.FromBase64String(value);
        }

        return source.At("items") is null ? WriteAll(data) : WriteItems(source, data, optional);
    }

    private string? WriteAll(Dictionary<string, byte[]> data)
    {
        foreach (var (key, value) in data)
        {
            WriteBytes(key, value);
        }

        return null;
    }

    private string? WriteItems(JsonObject source, Dictionary<string, byte[]> data, bool optional)
    {
        foreach (var item in source.Items("items"))
        {
            var key = item.Text("key") ?? "";
            if (data.TryGetValue(key, out var value))
            {
                WriteBytes(item.Text("path") ?? key, value);
            }
            else if (!optional)
            {
                return $"references non-existent config key: {key}";
            }
        }

        return null;
    }

    private string? WriteFile(string path, string text)
    {
        WriteBytes(path, Encoding.UTF8.GetBytes(text));
        return null;
    }

    private void WriteBytes(string path, byte[] content)
    {
        var file = ContainerRoot.At(folder, path);
        if (File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(content))
        {
            return;
        }

        // Programs read these files at any time: they see the old content or the new one, never a part.
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file) ?? folder);
        File.WriteAllBytes(file + ".next", content);
        File.Move(file + ".next", file, overwrite: true);
    }
}
