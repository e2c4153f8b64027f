using Microsoft.Win32.SafeHandles;

namespace Midwatch.Processes.Places;

/// <summary>
/// Gives programs a localhost of their own without a network namespace: the kernel asks us about every connect and bind
/// (seccomp user notification), and where a program says 127.0.0.1, ::1 or "any address" the address that is its own is
/// put in its place. Works for every program, also static ones, and without root.
/// </summary>
internal static class AddressFilter
{
    private const nint SetFilter = 1;
    private const nint NewListener = 8;
    private const int NoNewPrivileges = 38;
    private const uint Allow = 0x7FFF0000;
    private const uint Notify = 0x7FC00000;
    private const ushort LoadWord = 0x20;
    private const ushort JumpEqual = 0x15;
    private const ushort Return = 0x06;
    private const uint NumberOffset = 0;
    private const uint MachineOffset = 4;

    /// <summary>
    /// Puts the filter on the calling thread, for good, and on whatever it starts. Null where the kernel has none.
    /// </summary>
    /// <returns>Where the kernel's questions come; see <see cref="AddressQuestions"/>.</returns>
    public static unsafe SafeFileHandle? TryInstall()
    {
        if (PlaceNative.EffectiveUser() != 0)
        {
            _ = Native.ProcessControl(NoNewPrivileges, 1, 0, 0, 0);
        }

        var calls = PlaceNative.Calls;
        var program = stackalloc ulong[]
        {
            Code(LoadWord, 0, 0, MachineOffset),
            Code(JumpEqual, 0, 3, calls.Machine),
            Code(LoadWord, 0, 0, NumberOffset),
            Code(JumpEqual, 2, 0, calls.Connect),
            Code(JumpEqual, 1, 0, calls.Bind),
            Code(Return, 0, 0, Allow),
            Code(Return, 0, 0, Notify),
        };
        var description = stackalloc ulong[2] { 7, (ulong)program };
        var descriptor = PlaceNative.Call(calls.Filter, SetFilter, NewListener, (nint)description);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    // struct sock_filter: code, jump if true, jump if false, operand
    private static ulong Code(ushort code, byte ifTrue, byte ifFalse, uint operand) =>
        code | ((ulong)ifTrue << 16) | ((ulong)ifFalse << 24) | ((ulong)operand << 32);
}
