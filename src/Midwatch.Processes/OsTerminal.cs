using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Processes;

/// <summary>A pseudo terminal: what a program sees as its terminal, and the end that a person sits at.</summary>
public sealed class OsTerminal : IDisposable
{
    private const int ReadWrite = 2;
    private const int NoControllingTerminal = 0x100;
    private const int NameBytes = 128;

    private OsTerminal(SafeFileHandle person, SafeFileHandle program) => (Person, Program) = (person, program);

    /// <summary>Where a person's keys go in and the program's output comes out.</summary>
    public SafeFileHandle Person { get; }

    /// <summary>What the program is given as its three standard streams; dispose it after the start.</summary>
    public SafeFileHandle Program { get; }

    /// <summary>Makes a terminal.</summary>
    /// <exception cref="Win32Exception">The machine has no terminals left, or no <c>/dev/ptmx</c>.</exception>
    public static unsafe OsTerminal Create()
    {
        var person = Native.OpenTerminal(ReadWrite | NoControllingTerminal | Native.CloseOnExec);
        if (person < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "No terminal could be made.");
        }

        var handle = new SafeFileHandle(person, ownsHandle: true);
        var name = stackalloc byte[NameBytes];
        if (Native.GrantTerminal(person) != 0 || Native.UnlockTerminal(person) != 0
            || Native.NameOfTerminal(person, name, NameBytes) != 0)
        {
            handle.Dispose();
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "No terminal could be made.");
        }

        var length = new ReadOnlySpan<byte>(name, NameBytes).IndexOf((byte)0);
        var path = Encoding.UTF8.GetString(name, length);
        var program = Native.Open(path, ReadWrite | NoControllingTerminal | Native.CloseOnExec, 0);
        return new(handle, new SafeFileHandle(program, ownsHandle: true));
    }

    /// <summary>Tells the program the size of its window, in characters.</summary>
    public unsafe void Resize(int columns, int rows)
    {
        var size = stackalloc ushort[4] { (ushort)rows, (ushort)columns, 0, 0 };
        var added = false;
        Person.DangerousAddRef(ref added);
        try
        {
            _ = Native.DeviceControl((int)Person.DangerousGetHandle(), Native.SetWindowSize, size);
        }
        finally
        {
            Person.DangerousRelease();
        }
    }

    /// <summary>Closes both ends.</summary>
    public void Dispose()
    {
        Person.Dispose();
        Program.Dispose();
    }
}
