using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Images;
using Midwatch.LocalCluster.Kubelet.Volumes;
using Midwatch.Processes.Places;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>
/// A container's file system where the machine lets us have one: this machine's files, a layer over them for what is
/// written, volumes at their mount paths, and names that resolve for every program.
/// </summary>
/// <param name="folder">The container's folder; what was in it is of the instance before.</param>
/// <param name="hostsFile">The namespace's hosts file, which is replaced when services change.</param>
internal sealed class ContainerPlace(KubeletOptions options, string folder, string hostsFile, ProgramUser? user)
{
    private const string NamesFolder = "/run/names";
    private const string DisksFolder = "/run/volumes";
    private const string AccountPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const string TerminationLog = "/dev/termination-log";

    private readonly List<PlaceMount> _mounts = [];

    /// <summary>Where the container's termination message is on this machine.</summary>
    public string TerminationFile { get; } = Path.Combine(folder, "termination-log");

    /// <summary>The place, or what is wrong with a mount, in the kubelet's words.</summary>
    public (ProgramPlace? Place, string? Error) Prepare(
        JsonObject container,
        IReadOnlyDictionary<string, string> volumes,
        IReadOnlyDictionary<string, string> variables,
        Image image)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        AddOwnFolders(image);
        foreach (var mount in container.Items("volumeMounts").OrderBy(mount => mount.Text("mountPath")?.Length))
        {
            var name = mount.Text("name") ?? "";
            if (!volumes.TryGetValue(name, out var volume))
            {
                return (null, $"cannot find volume \"{name}\" to mount into container \"{container.Text("name")}\"");
            }

            AddVolume(mount, name, volume, variables);
        }

        if (volumes.TryGetValue(ContainerRoot.ServiceAccountVolume, out var account)
            && container.Items("volumeMounts").All(mount => mount.Text("mountPath") != AccountPath))
        {
            _mounts.Add(new PlaceMount(account, AccountPath, IsReadOnly: true));
        }

        File.WriteAllBytes(TerminationFile, []);
        File.SetUnixFileMode(TerminationFile, (UnixFileMode)0b110_110_110);
        _mounts.Add(new PlaceMount(TerminationFile, container.Text("terminationMessagePath") ?? TerminationLog));
        return (new ProgramPlace
        {
            Root = Directory.CreateDirectory(Root).FullName,
            Layer = MakeLayer(),
            Work = Make("work"),
            Mounts = [.. _mounts],
        }, null);
    }

    // What is other programs' business on this machine is not the container's.
    private void AddOwnFolders(Image image)
    {
        var temporary = Make("tmp");
        File.SetUnixFileMode(temporary, (UnixFileMode)0b1_111_111_111);
        _mounts.Add(new PlaceMount(temporary, "/tmp"));
        _mounts.Add(PlaceMount.InMemory("/run"));
        _mounts.Add(new PlaceMount(Path.GetDirectoryName(hostsFile)!, NamesFolder, IsReadOnly: true));
        foreach (var needed in (ReadOnlySpan<string>)[options.ProgramsDirectory, image.Directory])
        {
            if (Directory.Exists(needed) && IsHidden(needed))
            {
                _mounts.Add(new PlaceMount(needed, needed, IsReadOnly: true));
            }
        }
    }

    private void AddVolume(
        JsonObject mount, string name, string volume, IReadOnlyDictionary<string, string> variables)
    {
        var target = mount.Text("mountPath") ?? "/";
        var subPath = mount.Text("subPath") ?? VariableExpansion.Expand(mount.Text("subPathExpr") ?? "", variables);
        var (isReadOnly, isDisk) = (mount.Flag("readOnly"), ClaimDisk.IsDisk(volume));
        if (subPath.Length == 0)
        {
            _mounts.Add(new PlaceMount(volume, target, isReadOnly, isDisk) { Owner = user });
            return;
        }

        if (isDisk)
        {
            var whole = $"{DisksFolder}/{name}";
            _mounts.Add(new PlaceMount(volume, whole, IsDisk: true));
            volume = Path.Combine(Root, whole.TrimStart('/'));
        }

        _mounts.Add(new PlaceMount(ContainerRoot.At(volume, subPath), target, isReadOnly) { Owner = user });
    }

    private string MakeLayer()
    {
        var etc = Make(Path.Combine("layer", "etc"));
        _ = File.CreateSymbolicLink(Path.Combine(etc, "hosts"), $"{NamesFolder}/{Path.GetFileName(hostsFile)}");
        return Path.Combine(folder, "layer");
    }

    // Each place sees its own files there, and nobody else any: one folder is enough for all.
    private string Root => Path.Combine(options.Directory, "root");

    private string Make(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;

    private static bool IsHidden(string path) =>
        path.StartsWith("/tmp/", StringComparison.Ordinal) || path.StartsWith("/run/", StringComparison.Ordinal);
}
