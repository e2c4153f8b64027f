using System.Buffers.Text;
using System.Globalization;
using System.IO.Enumeration;

namespace Midwatch.LocalCluster.Kubelet.Usage;

/// <summary>One process of the machine at one moment, from /proc/PID/stat.</summary>
/// <param name="CpuTicks">Processor time so far, in hundredths of a second (USER_HZ).</param>
/// <param name="ResidentPages">Resident memory in pages.</param>
/// <remarks>All processes are read every few seconds, also at rest, so no texts are made of them.</remarks>
internal readonly record struct ProcessSample(int Pid, int Parent, int Group, long CpuTicks, long ResidentPages)
{
    // The kernel's line has 52 numbers and a name of 16 bytes.
    private const int LineBytesMax = 2048;

    /// <summary>Every process that may be seen.</summary>
    public static List<ProcessSample> All()
    {
        var pids = new FileSystemEnumerable<int>("/proc", static (ref FileSystemEntry entry) => Number(entry.FileName))
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => Number(entry.FileName) > 0,
        };
        var samples = new List<ProcessSample>();
        foreach (var pid in pids)
        {
            if (Read(pid) is { } sample)
            {
                samples.Add(sample);
            }
        }

        return samples;
    }

    /// <summary>Null when the process is gone.</summary>
    public static ProcessSample? Read(int pid)
    {
        try
        {
            using var file = File.OpenHandle($"/proc/{pid}/stat");
            Span<byte> line = stackalloc byte[LineBytesMax];
            return Parse(pid, line[..RandomAccess.Read(file, line, 0)]);
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads such a line; null when it is none.</summary>
    internal static ProcessSample? Parse(int pid, ReadOnlySpan<byte> line)
    {
        // The name may hold blanks and brackets, so the fields count from the last bracket: state is field 3 of
        // proc(5).
        const int State = 3;
        var end = line.LastIndexOf((byte)')');
        if (end < 0 || end + 2 >= line.Length)
        {
            return null;
        }

        var (number, parent, group, ticks, pages) = (State, 0L, 0L, 0L, 0L);
        var rest = line[(end + 2)..];
        foreach (var range in rest.Split((byte)' '))
        {
            if (number > State && Utf8Parser.TryParse(rest[range], out long value, out _))
            {
                parent = number == 4 ? value : parent;
                group = number == 5 ? value : group;
                ticks += number is 14 or 15 ? value : 0;
                pages = number == 24 ? value : pages;
            }

            number++;
        }

        return number > 24 ? new(pid, (int)parent, (int)group, ticks, pages) : null;
    }

    private static int Number(ReadOnlySpan<char> name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
