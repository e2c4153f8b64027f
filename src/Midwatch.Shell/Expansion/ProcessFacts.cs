using System.Runtime.InteropServices;

namespace Midwatch.Shell.Expansion;

/// <summary>What the C library knows of this process.</summary>
internal static partial class ProcessFacts
{
    public static uint UserId => EffectiveUser();

    public static uint GroupId => EffectiveGroup();

    public static int ParentId => Parent();

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint EffectiveGroup();

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int Parent();
}
