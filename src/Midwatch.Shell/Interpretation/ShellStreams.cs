using Microsoft.Win32.SafeHandles;

namespace Midwatch.Shell.Interpretation;

/// <summary>Where a script reads and writes. The handles stay the caller's, who closes them after the run.</summary>
public sealed record ShellStreams(SafeFileHandle Input, SafeFileHandle Output, SafeFileHandle Error);
