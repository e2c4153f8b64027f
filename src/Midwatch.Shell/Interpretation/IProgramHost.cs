namespace Midwatch.Shell.Interpretation;

/// <summary>Starts programs. The interpreter starts nothing by itself.</summary>
/// <remarks>Calls come from several threads at once.</remarks>
public interface IProgramHost
{
    /// <summary>Finds the file that a command's name stands for.</summary>
    /// <param name="name">A bare name to be looked up in <paramref name="searchPath"/>, or a path with a slash.</param>
    /// <param name="searchPath">The value of <c>PATH</c>: directories between colons.</param>
    /// <param name="workingDirectory">What a relative path starts from.</param>
    /// <returns>An absolute path to an executable file, or null.</returns>
    string? Resolve(string name, string searchPath, string workingDirectory);

    /// <summary>Starts a program; its three streams are given as open handles that stay the caller's.</summary>
    /// <remarks>When this returns the program has its own copies, so the caller may close its handles.</remarks>
    ProgramStart Start(ProgramRequest request);

    /// <summary>Makes an operating system pipe; both ends closed on exec.</summary>
    ProgramPipe CreatePipe();
}
