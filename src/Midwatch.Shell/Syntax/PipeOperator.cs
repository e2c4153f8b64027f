namespace Midwatch.Shell.Syntax;

/// <summary>What joins two statements of a pipeline.</summary>
public enum PipeOperator
{
    /// <summary><c>|</c>: standard output becomes the next one's input.</summary>
    Output,

    /// <summary><c>|&amp;</c>: standard error goes the same way.</summary>
    OutputAndError,
}
