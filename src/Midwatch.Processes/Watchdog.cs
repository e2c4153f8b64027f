using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Midwatch.Processes;

/// <summary>
/// A dash of 1 MiB that holds the reading end of a pipe whose writing end only this process has. When we are gone,
/// however
/// that came, it reads the end of the file and kills every group it was told of and every process that carries our
/// mark.
/// </summary>
/// <remarks>docs/decisions has the page on process supervision, with what was tried instead.</remarks>
internal sealed class Watchdog : IDisposable
{
    // A variable for each group: one list of all would be copied for each program that comes or goes.
    // The mark comes by the pipe and not by the argument vector, so that `pkill -f` of our name spares the watchdog.
    private const string Script = """
        read -r mark
        while read -r op id; do
          case $op in
            +) eval "group_$id=" ;;
            -) unset "group_$id" ;;
          esac
        done
        groups=$(set | while IFS='=' read -r name value; do
          case $name in group_*) echo "${name#group_}" ;; esac
        done)
        clean=0 round=0
        while [ $clean -lt 3 ] && [ $round -lt 25 ]; do
          found=
          for id in $groups; do kill -9 "-$id" 2>/dev/null && found=1; done
          for file in $(grep -lsaF "$mark" /proc/[0-9]*/environ); do
            id=${file#/proc/}
            kill -9 "${id%/environ}" 2>/dev/null && found=1
          done
          clean=$((clean + 1)) round=$((round + 1))
          if [ "$found" ]; then clean=0; fi
          sleep 0.03
        done
        """;

    private readonly Lock _gate = new();
    private readonly string _mark;
    private readonly HashSet<int> _groups = [];
    private OsPipe? _pipe;

    public Watchdog(string mark) => _mark = mark;

    /// <summary>The watchdog's process id; 0 when there is none.</summary>
    public int ProcessId { get; private set; }

    /// <summary>Starts it, or starts it again when somebody killed it.</summary>
    /// <returns>0, or the error number of a machine on which no <c>/bin/sh</c> starts.</returns>
    public int Start()
    {
        lock (_gate)
        {
            _pipe?.Dispose();
            _pipe = OsPipe.Create();
            var spec = new ProgramSpec
            {
                Argv = ["sh", "-c", Script],
                Environment = ImmutableDictionary<string, string>.Empty,
                WorkingDirectory = "/",
                StandardInput = _pipe.Read,
                NewSession = true,
            };
            var error = Spawner.Spawn("/bin/sh", spec, ["PATH=/usr/bin:/bin"], out var pid);
            ProcessId = error == 0 ? pid : 0;
            _pipe.Read.Dispose();
            TellNeedsLock(_mark);
            foreach (var group in _groups)
            {
                TellNeedsLock(Line('+', group));
            }

            return error;
        }
    }

    /// <summary>This group dies with us.</summary>
    public void Guard(int group)
    {
        lock (_gate)
        {
            _groups.Add(group);
            TellNeedsLock(Line('+', group));
        }
    }

    /// <summary>Nobody is left in this group; its number may come again for something else.</summary>
    public void Release(int group)
    {
        lock (_gate)
        {
            if (_groups.Remove(group))
            {
                TellNeedsLock(Line('-', group));
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            // Everything that it would look for has been ended by its owner; its own search takes a tenth of a second.
            if (ProcessId != 0)
            {
                _ = Native.Kill(ProcessId, (int)Signal.Kill);
            }

            _pipe?.Dispose();
            _pipe = null;
        }
    }

    /// <summary>Waits for the killed watchdog, unless the owner's loop did already.</summary>
    public void Reap()
    {
        if (ProcessId != 0)
        {
            _ = Native.WaitFor(ProcessId, out _, 0);
        }
    }

    private static string Line(char operation, int group) =>
        string.Create(CultureInfo.InvariantCulture, $"{operation} {group}");

    private unsafe void TellNeedsLock(string line)
    {
        if (_pipe is null)
        {
            return;
        }

        // Shorter than PIPE_BUF, so it arrives whole. A watchdog that was killed is started again by its owner, and
        // told anew.
        var bytes = Encoding.ASCII.GetBytes(line + "\n");
        fixed (byte* start = bytes)
        {
            _ = Native.Write(_pipe.Write, start, bytes.Length);
        }
    }
}
