using System.Text;
using Midwatch.Execution.Redaction;
using Midwatch.Processes;

namespace Midwatch.Execution.Steps;

/// <summary>What a command printed on one of its two streams, redacted.</summary>
/// <param name="Text">The beginning and the end; a line between them says how much is missing.</param>
/// <param name="BytesLeftOut">How many bytes between the two were not kept; 0 when all is there.</param>
public sealed record CapturedText(string Text, long BytesLeftOut)
{
    /// <summary>Gets what a command that was never started has printed.</summary>
    public static CapturedText Nothing { get; } = new("", 0);

    internal static CapturedText Of(BoundedCapture capture, Redactor redactor)
    {
        var leftOut = capture.DroppedBytes;
        if (leftOut == 0)
        {
            return new CapturedText(redactor.Redact(Encoding.UTF8.GetString(capture.Kept())), 0);
        }

        var head = redactor.Redact(Encoding.UTF8.GetString(capture.Head()));
        var tail = redactor.Redact(Encoding.UTF8.GetString(capture.Tail()));
        return new CapturedText(FormattableString.Invariant($"{head}\n… {leftOut} bytes left out …\n{tail}"), leftOut);
    }
}
