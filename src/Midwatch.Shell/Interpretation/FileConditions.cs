using System.Globalization;

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

        var path = Path.Combine(workingDirectory, operand);
        return operation switch
        {
            "-L" or "-h" => new FileInfo(path).LinkTarget is not null,
            "-e" or "-a" => Exists(path),
            "-d" => Directory.Exists(path),
            "-f" => IsRegular(path),
            "-s" => Directory.Exists(path) || (File.Exists(path) && new FileInfo(path).Length > 0),
            "-r" => NativeFile.Access(path, 4),
            "-w" => NativeFile.Access(path, 2),
            "-x" => NativeFile.Access(path, 1),
            "-p" or "-S" or "-b" or "-c" => IsSpecial(path)
                && !operand.StartsWith("/dev/fd/", StringComparison.Ordinal),
            _ => int.TryParse(operand, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && descriptors[number] is null,
        };
    }

    public bool Compare(string operation, string left, string right)
    {
        var first = new FileInfo(Path.Combine(workingDirectory, left));
        var second = new FileInfo(Path.Combine(workingDirectory, right));
        return operation switch
        {
            "-nt" => Exists(first.FullName)
                && (!Exists(second.FullName) || first.LastWriteTimeUtc > second.LastWriteTimeUtc),
            "-ot" => Exists(second.FullName)
                && (!Exists(first.FullName) || first.LastWriteTimeUtc < second.LastWriteTimeUtc),
            _ => Exists(first.FullName) && Target(first) == Target(second),
        };
    }

    private static string Target(FileInfo file) =>
        file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;

    private static bool Exists(string path) => NativeFile.Access(path, 0);

    // .NET calls a pipe or a device a file too; only its attributes tell.
    private static bool IsRegular(string path) => Exists(path) && File.Exists(path) && !IsSpecial(path);

    private static bool IsSpecial(string path) =>
        File.Exists(path) && (File.GetAttributes(path) & FileAttributes.Device) != 0;
}
