using System.Numerics;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Objects.Policies;

/// <summary>An amount of a resource that can be added up and remembers how it was written.</summary>
/// <param name="Nano">In billionths of the unit.</param>
/// <param name="IsBinary">Written with Ki, Mi, ….</param>
internal readonly record struct Amount(BigInteger Nano, bool IsBinary)
{
    public static readonly Amount Zero = new(BigInteger.Zero, IsBinary: false);
    public static readonly Amount One = new(Quantity.Billion, IsBinary: false);

    /// <summary>Null when the text is no quantity.</summary>
    public static Amount? Parse(string? text) =>
        text is not null && Quantity.ParseNano(text) is { } nano ? new Amount(nano, text.EndsWith('i')) : null;

    /// <summary>Like Kubernetes' own sums: the first part that is not nothing says how the sum is written.</summary>
    public static Amount operator +(Amount left, Amount right) =>
        new(left.Nano + right.Nano, left.Nano.IsZero ? right.IsBinary : left.IsBinary);

    /// <inheritdoc/>
    public override string ToString() => Quantity.Format(Nano, IsBinary);
}
