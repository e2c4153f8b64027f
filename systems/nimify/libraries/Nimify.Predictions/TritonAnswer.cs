using System.Collections.Immutable;

namespace Nimify.Predictions;

/// <summary>What came of asking Triton.</summary>
public abstract record TritonAnswer
{
    private TritonAnswer()
    {
    }

    /// <summary>One row of outputs for each row of inputs.</summary>
    public sealed record Predicted(ImmutableArray<ImmutableArray<double>> Rows) : TritonAnswer;

    /// <summary>The model cannot take these inputs: the caller's mistake.</summary>
    public sealed record Refused(string Reason) : TritonAnswer;

    /// <summary>Triton is away, too slow, or has the model not loaded.</summary>
    public sealed record Unavailable(string Reason) : TritonAnswer;
}
