namespace Midwatch.Shell.Syntax;

/// <summary>How an item of a <c>case</c> ends.</summary>
public enum CaseTerminator
{
    /// <summary><c>;;</c>, or nothing behind the last item: done.</summary>
    Break,

    /// <summary><c>;&amp;</c>: goes on with the body of the next item.</summary>
    FallThrough,

    /// <summary><c>;;&amp;</c>: goes on with testing the next patterns.</summary>
    TestNext,
}
