using System.Buffers.Binary;
using System.Net;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Processes.Places;

/// <summary>Answers the kernel's questions about one program and its descendants.</summary>
/// <param name="own">What stands for localhost.</param>
internal sealed class AddressQuestions(SafeFileHandle listener, IPAddress own)
{
    private const nuint Receive = 0xC0502100;
    private const nuint Send = 0xC0182101;
    private const uint GoOn = 1;
    private const int QuestionBytes = 80;
    private const int AnswerBytes = 24;
    private const int AddressBytesMax = 28;
    private const ushort InternetFamily = 2;
    private const ushort Internet6Family = 10;

    private readonly byte[] _own = own.GetAddressBytes();

    /// <summary>Called when the listener may be read; false once nobody is left who could ask.</summary>
    public unsafe bool AnswerOne()
    {
        var entry = new Native.PollEntry
        {
            Descriptor = (int)listener.DangerousGetHandle(),
            Events = Native.PollIn,
        };
        _ = Native.Poll(&entry, 1, 0);
        if ((entry.Returned & Native.PollIn) == 0)
        {
            if (entry.Returned != 0)
            {
                listener.Dispose();
                return false;
            }

            return true;
        }

        var question = stackalloc byte[QuestionBytes];
        new Span<byte>(question, QuestionBytes).Clear();
        if (Native.DeviceControl(entry.Descriptor, Receive, question) != 0)
        {
            // The one who asked was killed meanwhile.
            return true;
        }

        Rewrite(*(int*)(question + 8), *(uint*)(question + 16), *(ulong*)(question + 40), *(ulong*)(question + 48));
        var answer = stackalloc byte[AnswerBytes];
        new Span<byte>(answer, AnswerBytes).Clear();
        *(ulong*)answer = *(ulong*)question;
        *(uint*)(answer + 20) = GoOn;
        _ = Native.DeviceControl(entry.Descriptor, Send, answer);
        return true;
    }

    /// <summary>The address with its own in the place of localhost; null when it is fine. Pure.</summary>
    internal static byte[]? Own(ReadOnlySpan<byte> address, bool isBind, ReadOnlySpan<byte> own)
    {
        if (address.Length < 8)
        {
            return null;
        }

        var port = BinaryPrimitives.ReadUInt16BigEndian(address[2..]);
        switch (BinaryPrimitives.ReadUInt16LittleEndian(address))
        {
            case InternetFamily when IsLocal(address.Slice(4, 4), isBind, port):
                var four = address.ToArray();
                own.CopyTo(four.AsSpan(4));
                return four;
            case Internet6Family when address.Length >= AddressBytesMax && IsLocal6(address.Slice(8, 16), isBind, port):
                var six = address.ToArray();
                six.AsSpan(8, 16).Clear();
                (six[18], six[19]) = (0xFF, 0xFF);
                own.CopyTo(six.AsSpan(20));
                return six;
            default:
                return null;
        }
    }

    // A client that lets the kernel choose its port may go anywhere from there: it is left alone.
    private static bool IsLocal(ReadOnlySpan<byte> address, bool isBind, ushort port) =>
        address.SequenceEqual((ReadOnlySpan<byte>)[127, 0, 0, 1])
        || (address.IndexOfAnyExcept((byte)0) < 0 && (!isBind || port != 0));

    private static bool IsLocal6(ReadOnlySpan<byte> address, bool isBind, ushort port) =>
        address[..15].IndexOfAnyExcept((byte)0) < 0
        && (address[15] == 1 || (address[15] == 0 && (!isBind || port != 0)));

    private void Rewrite(int process, uint call, ulong pointer, ulong length)
    {
        try
        {
            using var memory = File.OpenHandle($"/proc/{process}/mem", FileMode.Open, FileAccess.ReadWrite);
            Span<byte> address = stackalloc byte[(int)Math.Min(length, AddressBytesMax)];
            var read = RandomAccess.Read(memory, address, (long)pointer);
            if (Own(address[..read], call == PlaceNative.Calls.Bind, _own) is { } replaced)
            {
                RandomAccess.Write(memory, replaced, (long)pointer);
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It ended, or keeps its memory to itself: its call goes on as it was.
            return;
        }
    }
}
