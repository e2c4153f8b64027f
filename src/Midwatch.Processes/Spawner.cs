using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Processes;

/// <summary>
/// One call of posix_spawn: descriptors 0 to 2, group or session, signals, directory; every other descriptor closed.
/// </summary>
internal static class Spawner
{
    // Larger than glibc's and musl's posix_spawnattr_t (336), posix_spawn_file_actions_t (80) and sigset_t (128).
    private const int OpaqueBytes = 512;
    private const int StandardDescriptors = 3;
    private const int BusyRetriesMax = 40;
    private const int BusyRetryMilliseconds = 5;

    /// <summary>Starts <paramref name="path"/>; 0 and the process id, or an error number.</summary>
    public static unsafe int Spawn(string path, ProgramSpec spec, IEnumerable<string> environment, out int pid)
    {
        var actions = stackalloc byte[OpaqueBytes];
        var attributes = stackalloc byte[OpaqueBytes];
        _ = Native.FileActionsInit(actions);
        _ = Native.AttributesInit(attributes);
        using var argv = new CStrings(spec.Argv);
        using var variables = new CStrings(environment);
        using var file = new CStrings([path]);
        var last = Math.Max(StandardDescriptors - 1, spec.OtherDescriptors.Keys.LastOrDefault());
        using var descriptors = new Descriptors(last + 1, number => number switch
        {
            0 => spec.StandardInput,
            1 => spec.StandardOutput,
            2 => spec.StandardError,
            _ => spec.OtherDescriptors.GetValueOrDefault(number),
        });
        try
        {
            Describe(actions, spec.WorkingDirectory, descriptors);
            Describe(attributes, spec.NewSession);
            return SpawnWhenFree(file, actions, attributes, argv, variables, out pid);
        }
        finally
        {
            _ = Native.FileActionsDestroy(actions);
            _ = Native.AttributesDestroy(attributes);
        }
    }

    private static unsafe int SpawnWhenFree(
        CStrings file, byte* actions, byte* attributes, CStrings argv, CStrings variables, out int pid)
    {
        for (var attempt = 0; ; attempt++)
        {
            var error = Native.Spawn(
                out pid, file.Pointers[0], actions, attributes, argv.Pointers, variables.Pointers);

            // A child of another thread, between fork and exec, may still hold a just written program open for writing.
            if (error != Native.Etxtbsy || attempt == BusyRetriesMax)
            {
                return error;
            }

            _ = Native.Poll(null, 0, BusyRetryMilliseconds);
        }
    }

    private static unsafe void Describe(byte* actions, string workingDirectory, Descriptors descriptors)
    {
        for (var target = 0; target < descriptors.Count; target++)
        {
            if (descriptors.Number(target) is { } descriptor)
            {
                _ = Native.FileActionsDup(actions, descriptor, target);
            }
            else if (target < StandardDescriptors)
            {
                _ = Native.FileActionsOpen(
                    actions, target, "/dev/null", target == 0 ? Native.ReadOnly : Native.WriteOnly, 0);
            }
            else
            {
                // One that is not open is no error.
                _ = Native.FileActionsClose(actions, target);
            }
        }

        _ = Native.FileActionsCloseFrom(actions, descriptors.Count);
        _ = Native.FileActionsChdir(actions, workingDirectory);
    }

    private static unsafe void Describe(byte* attributes, bool newSession)
    {
        var signals = stackalloc byte[OpaqueBytes];
        // .NET ignores SIGPIPE and children would inherit that: `yes | head` would never end.
        _ = Native.SignalsFill(signals);
        _ = Native.AttributesSigDefault(attributes, signals);
        _ = Native.SignalsEmpty(signals);
        _ = Native.AttributesSigMask(attributes, signals);
        _ = Native.AttributesGroup(attributes, 0);
        var group = newSession ? Native.SpawnSetSid : Native.SpawnSetPgroup;
        _ = Native.AttributesFlags(attributes, (short)(group | Native.SpawnSetSigDefault | Native.SpawnSetSigMask));
    }

    /// <summary>A null-terminated array of C strings.</summary>
    private sealed unsafe class CStrings : IDisposable
    {
        public CStrings(IEnumerable<string> strings)
        {
            var list = strings as IReadOnlyList<string> ?? [.. strings];
            Pointers = (byte**)NativeMemory.AllocZeroed((nuint)list.Count + 1, (nuint)sizeof(byte*));
            for (var i = 0; i < list.Count; i++)
            {
                var bytes = Encoding.UTF8.GetBytes(list[i]);
                Pointers[i] = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
                bytes.CopyTo(new Span<byte>(Pointers[i], bytes.Length));
            }
        }

        public byte** Pointers { get; }

        public void Dispose()
        {
            for (var next = Pointers; *next != null; next++)
            {
                NativeMemory.Free(*next);
            }

            NativeMemory.Free(Pointers);
        }
    }

    /// <summary>
    /// Holds the handles for the time of the call, with numbers that the dup2 calls cannot overwrite.
    /// </summary>
    private sealed class Descriptors : IDisposable
    {
        private readonly List<SafeFileHandle> _held = [];
        private readonly List<int> _moved = [];
        private readonly int?[] _numbers;

        public Descriptors(int count, Func<int, SafeFileHandle?> handles)
        {
            _numbers = new int?[count];
            for (var i = 0; i < count; i++)
            {
                _numbers[i] = Hold(handles(i));
            }
        }

        public int Count => _numbers.Length;

        public int? Number(int target) => _numbers[target];

        public void Dispose()
        {
            _held.ForEach(handle => handle.DangerousRelease());
            _moved.ForEach(descriptor => _ = Native.Close(descriptor));
        }

        private int? Hold(SafeFileHandle? handle)
        {
            if (handle is null)
            {
                return null;
            }

            var added = false;
            handle.DangerousAddRef(ref added);
            _held.Add(handle);
            var number = (int)handle.DangerousGetHandle();
            if (number >= Count)
            {
                return number;
            }

            var moved = Native.Control(number, Native.DuplicateCloseOnExec, Count);
            _moved.Add(moved);
            return moved;
        }
    }
}
