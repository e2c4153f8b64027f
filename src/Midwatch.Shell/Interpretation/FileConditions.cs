
namespace Midwatch.Shell.Interpretation;

/// <summary>Conditions on files.</summary>
internal sealed class FileConditions(string workingDirectory, DescriptorTable descriptors)
{
    public bool Holds(string operation, string operand)
    {
        if (operand.Length == 0)
        {
            return false;
        }

        if (WritableFiles.Descriptor(operand) is { } number)
        {
            return operation is "-e" or "-a" or "-r" or "-w" or "-p" && descriptors[number] is not null;
        }

        var path = Path.Combine(workingDirectory, operand);
        return operation switch
        {
            "-L" or "-h" => new FileInfo(path).LinkTarget is not null,
            "-e" or "-a" => NativeFile.Access(path, 0),
            "-r" => NativeFile.Access(path, 4),
            "-w" => NativeFile.Access(path, 2),
            "-x" => NativeFile.Access(path, 1),
            _ => NativeStat.Of(path) is { } stat && Holds(operation, path, stat),
        };
    }

    public bool Compare(string operation, string left, string right)
    {
        var first = Path.Combine(workingDirectory, left);
        var second = Path.Combine(workingDirectory, right);
        if (NativeStat.Of(first) is not { } one)
        {
            return operation == "-ot" && NativeFile.Access(second, 0);
        }

        if (NativeStat.Of(second) is not { } other)
        {
            return operation == "-nt";
        }

        return operation switch
        {
            "-nt" => Written(first) > Written(second),
            "-ot" => Written(first) < Written(second),
            _ => (one.Node, one.Device) == (other.Node, other.Device),
        };
    }

    private static DateTime Written(string path) => File.GetLastWriteTimeUtc(path);

    /// <summary>Whether it is a plain file, by way of links too.</summary>
    public static bool IsRegular(string path) => NativeStat.Of(path)?.Type == NativeStat.Regular;

    private static bool Holds(string operation, string path, NativeStat stat) => operation switch
    {
        "-d" => Directory.Exists(path),
        "-f" => stat.Type == NativeStat.Regular,
        "-s" => stat.Type != NativeStat.Regular || new FileInfo(path).Length > 0,
        "-p" => stat.Type == NativeStat.Pipe,
        "-S" => stat.Type == NativeStat.Socket,
        "-b" => stat.Type == NativeStat.Blocks,
        "-c" => stat.Type == NativeStat.Characters,
        "-k" => (stat.Mode & (int)UnixFileMode.StickyBit) != 0,
        "-u" => (stat.Mode & (int)UnixFileMode.SetUser) != 0,
        "-g" => (stat.Mode & (int)UnixFileMode.SetGroup) != 0,
        "-O" => stat.User == Expansion.ProcessFacts.UserId,
        "-G" => stat.Group == Expansion.ProcessFacts.GroupId,
        "-N" => File.GetLastWriteTimeUtc(path) > File.GetLastAccessTimeUtc(path),
        _ => false,
    };
}
