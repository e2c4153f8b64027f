using Microsoft.Win32.SafeHandles;

namespace Midwatch.Shell.Interpretation;

/// <summary>A file that was to be opened.</summary>
/// <param name="Handle">Null when it could not be.</param>
/// <param name="Error">Why not, in the words of the C library.</param>
internal sealed record OpenedFile(SafeFileHandle? Handle, string Error);
