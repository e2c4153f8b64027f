namespace Midwatch.LocalCluster.Hosting;

/// <summary>The files of one cluster, below <c>DataDirectory/cluster</c>.</summary>
internal sealed record ClusterDirectory(string Root)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateFolder = Private | UnixFileMode.UserExecute;

    public string Kubeconfig => Path.Combine(Root, "kubeconfig");

    public string LockFile => Path.Combine(Root, "lock");

    public string LogFile => Path.Combine(Root, "cluster.log");

    public string Faults => Path.Combine(Root, "faults");

    public string Nodes => Path.Combine(Root, "nodes");

    public static ClusterDirectory Of(string dataDirectory) =>
        new(Path.Combine(Path.GetFullPath(dataDirectory), "cluster"));

    public string Identity(string name) => Path.Combine(Root, "identities", name + ".kubeconfig");

    public void Create()
    {
        _ = Directory.CreateDirectory(Root, PrivateFolder);
        _ = Directory.CreateDirectory(Path.Combine(Root, "identities"), PrivateFolder);
        _ = Directory.CreateDirectory(Faults, PrivateFolder);
        _ = Directory.CreateDirectory(Nodes, PrivateFolder);
    }

    /// <summary>Removes what belonged to objects that are no more; the log and the lock stay.</summary>
    public void Clear()
    {
        foreach (var folder in (ReadOnlySpan<string>)["faults", "nodes", "volumes", "network", "identities"])
        {
            var path = Path.Combine(Root, folder);
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }

        File.Delete(Kubeconfig);
        Create();
    }

    /// <summary>Writes a file that only its owner may read, so that no reader ever sees half of it.</summary>
    public static void WritePrivately(string path, string text)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = Private,
        };
        using (var writer = new StreamWriter(fresh, options))
        {
            writer.Write(text);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
