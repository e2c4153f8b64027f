using System.Globalization;
using System.Text;

namespace Midwatch.LocalCluster.Kubelet.Usage;

/// <summary>One process of the machine at one moment, from /proc/PID/stat.</summary>
/// <param name="CpuTicks">Processor time so far, in hundredths of a second (USER_HZ).</param>
/// <param name="ResidentPages">Resident memory in pages.</param>
internal readonly record struct ProcessSample(int Pid, int Parent, int Group, long CpuTicks, long ResidentPages)
{
    /// <summary>Every process that may be seen.</summary>
    public static List<ProcessSample> All()
    {
        var samples = new List<ProcessSample>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && Read(pid) is { } sample)
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
            var text = Encoding.Latin1.GetString(File.ReadAllBytes($"/proc/{pid}/stat"));
            if (text.Length == 0)
            {
                return null;
            }

            // The name may hold blanks and brackets, so the fields count from the last bracket: state is field 3 of
            // proc(5).
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = Field(fields, 14) + Field(fields, 15);
            return new(pid, (int)Field(fields, 4), (int)Field(fields, 5), ticks, Field(fields, 24));
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

    private static long Field(string[] fields, int number) =>
        long.Parse(fields[number - 3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
