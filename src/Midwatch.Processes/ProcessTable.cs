using System.Globalization;
using System.Text;

namespace Midwatch.Processes;

/// <summary>
/// What /proc tells of processes. A process may be gone between two looks: then it is simply not listed.
/// </summary>
internal static class ProcessTable
{
    /// <summary>The children of this process that nobody waited for yet, the adopted ones among them.</summary>
    public static List<Entry> Children()
    {
        var all = ChildNumbers() is { } numbers
            ? numbers.Select(Read).Where(entry => entry is not null).Select(entry => entry!.Value)
            : All();
        return [.. all.Where(entry => entry.Parent == Environment.ProcessId)];
    }

    /// <summary>How many processes there are on the machine, as far as they may be seen.</summary>
    public static int Count() => Directory.EnumerateDirectories("/proc")
        .Count(directory => char.IsAsciiDigit(directory["/proc/".Length]));

    /// <summary>Every process that may be seen.</summary>
    public static IEnumerable<Entry> All()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            var name = Path.GetFileName(directory.AsSpan());
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && Read(pid) is { } entry)
            {
                yield return entry;
            }
        }
    }

    /// <summary>True when the process's environment holds the mark; false also when it may not be read.</summary>
    public static bool Carries(int pid, string mark) =>
        ReadAll($"/proc/{pid}/environ") is { } environment
        && environment.AsSpan().IndexOf(Encoding.ASCII.GetBytes(mark)) >= 0;

    // The kernel lists the children of each thread: looking there costs as much as we have threads, and not as much as
    // the machine has processes. A child that is reaped during the look may hide the next one, so there are two looks.
    // Null on a kernel that does not list them (CONFIG_PROC_CHILDREN).
    private static HashSet<int>? ChildNumbers()
    {
        if (!File.Exists($"/proc/self/task/{Environment.ProcessId}/children"))
        {
            return null;
        }

        var numbers = new HashSet<int>();
        for (var look = 0; look < 2; look++)
        {
            foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
            {
                var listed = Encoding.ASCII.GetString(ReadAll($"{thread}/children") ?? []);
                numbers.UnionWith(listed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number));
            }
        }

        return numbers;
    }

    private static Entry? Read(int pid)
    {
        if (ReadAll($"/proc/{pid}/stat") is not { Length: > 0 } bytes)
        {
            return null;
        }

        // "pid (name) state ppid pgrp session ...": the name may hold blanks and brackets, so count from the last one.
        var text = Encoding.Latin1.GetString(bytes);
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return new(pid, Number(fields[1]), Number(fields[2]), fields[0] is "Z" or "X");
    }

    private static int Number(string field) =>
        int.Parse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static byte[]? ReadAll(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (IOException)
        {
            // It ended (ENOENT, ESRCH).
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's process: never one of ours, unless it changed its user and is out of reach anyway.
            return null;
        }
    }

    /// <summary>One line of the table.</summary>
    /// <param name="Dead">It ended and waits to be reaped.</param>
    internal readonly record struct Entry(int Pid, int Parent, int Group, bool Dead);
}
