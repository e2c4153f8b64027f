using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Processes;
using Midwatch.Processes.Places;

namespace Midwatch.LocalCluster.Kubelet.Volumes;

/// <summary>
/// A claim as a disk of its size: a file with a file system in it, which takes no more room than what is written, and
/// refuses what does not fit.
/// </summary>
internal static class ClaimDisk
{
    private const string Extension = ".disk";
    private const long SmallestBytes = 1024 * 1024;
    private const long SmallBytes = 16 * 1024 * 1024;
    private static readonly ImmutableDictionary<string, string> Variables =
        ImmutableDictionary<string, string>.Empty.Add("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");

    public static bool IsDisk(string path) => path.EndsWith(Extension, StringComparison.Ordinal);

    public static string FileOf(string folder) => folder + Extension;

    /// <summary>Makes the disk if it is not there; what is wrong otherwise.</summary>
    public static string? Make(ProgramStarter starter, string file, long bytes)
    {
        if (File.Exists(file))
        {
            return null;
        }

        var size = Math.Max(bytes, SmallestBytes);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // Two nodes may make it at the same moment, each its own: the first one counts.
        var fresh = $"{file}.{Guid.CreateVersion7():N}";
        using (var handle = File.OpenHandle(fresh, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.SetLength(handle, size);
        }

        var block = (size < SmallBytes ? 1024 : 4096).ToString(CultureInfo.InvariantCulture);
        // A claim is empty and everybody may write, as with the provisioners of small clusters.
        var failure = Run(
                starter, PlaceSupport.Mkfs!, "-q", "-F", "-b", block, "-m", "0", "-O", "^has_journal", fresh)
            ?? Run(starter, "debugfs", "-w", "-R", "rmdir lost+found", fresh)
            ?? Run(starter, "debugfs", "-w", "-R", "set_inode_field / mode 040777", fresh);
        if (failure is null)
        {
            failure = Place(fresh, file);
        }

        File.Delete(fresh);
        return failure;
    }

    private static string? Place(string fresh, string file)
    {
        try
        {
            File.Move(fresh, file, overwrite: false);
            return null;
        }
        catch (IOException error)
        {
            return File.Exists(file) ? null : error.Message;
        }
    }

    /// <summary>Makes a disk larger that nobody uses; what is in the way, or null.</summary>
    public static string? Grow(ProgramStarter starter, string file, long bytes)
    {
        using (var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Write))
        {
            RandomAccess.SetLength(handle, Math.Max(bytes, RandomAccess.GetLength(handle)));
        }

        return Run(starter, "e2fsck", "-f", "-p", file) ?? Run(starter, "resize2fs", file);
    }

    /// <summary>Removes a file from the top of a disk that nobody uses; what is in the way, or null.</summary>
    public static string? Remove(ProgramStarter starter, string file, string name) =>
        Run(starter, "debugfs", "-w", "-R", "rm " + name, file);

    private static string? Run(ProgramStarter starter, params ImmutableArray<string> argv)
    {
        using var errors = OsPipe.Create();
        var result = starter.Start(new()
        {
            Argv = argv,
            Environment = Variables,
            WorkingDirectory = "/",
            StandardError = errors.Write,
        });
        if (result is not StartResult.Started { Program: var program })
        {
            return $"{argv[0]} does not start";
        }

        errors.Write.Dispose();
        var capture = BoundedCapture.Start(starter, errors.Read, 1024, 0);
        var status = program.Exited.GetAwaiter().GetResult();
        capture.Completion.GetAwaiter().GetResult();
        program.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return status.Code == 0 ? null : $"{argv[0]}: {System.Text.Encoding.UTF8.GetString(capture.Head()).Trim()}";
    }
}
