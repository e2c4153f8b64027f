using System.ComponentModel;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Processes.Places;

/// <summary>
/// Starts a program from a thread that has moved into the program's place first: a child sees what its parent's thread
/// sees, and no code of ours has to run between fork and exec. The thread is never used for anything else.
/// </summary>
internal static class PlacedStart
{
    /// <param name="start">Finds and starts the program; called on the moved thread.</param>
    /// <param name="questions">Where the kernel will ask about addresses; null when the program has no own.</param>
    public static StartResult Run(ProgramSpec spec, Func<StartResult> start, out SafeFileHandle? questions)
    {
        StartResult? result = null;
        SafeFileHandle? listener = null;
        var thread = new Thread(() => result = Move(spec, start, ref listener)) { Name = "midwatch place" };
        thread.Start();
        thread.Join();
        questions = listener;
        return result!;
    }

    private static StartResult Move(ProgramSpec spec, Func<StartResult> start, ref SafeFileHandle? listener)
    {
        try
        {
            if (spec.Place is not null)
            {
                PlaceBuilder.Enter(spec.Place);
            }

            if (spec.OwnAddress is not null)
            {
                listener = AddressFilter.TryInstall();
            }

            _ = Directory.CreateDirectory(spec.WorkingDirectory);
            if (spec.User is { } user)
            {
                Become(user);
            }

            return start();
        }
        catch (Exception error) when (error is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return new StartResult.Failed(
                error is Win32Exception { NativeErrorCode: var code } ? code : Native.Eacces, error.Message);
        }
    }

    // The C library would change all threads of this process.
    private static void Become(ProgramUser user)
    {
        var calls = PlaceNative.Calls;
        PlaceBuilder.Check((int)PlaceNative.Call(calls.Groups, 0, 0, 0), "setgroups");
        var group = (nint)user.GroupId;
        PlaceBuilder.Check((int)PlaceNative.Call(calls.Group, group, group, group), "setresgid");
        var id = (nint)user.UserId;
        PlaceBuilder.Check((int)PlaceNative.Call(calls.User, id, id, id), "setresuid");
    }
}
