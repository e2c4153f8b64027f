using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Objects.Custom.Cel;

/// <summary>A part of an expression of the Common Expression Language.</summary>
internal abstract record CelNode
{
    private CelNode()
    {
    }

    /// <summary>A value as it stands: long, double, bool, string or null.</summary>
    internal sealed record Literal(object? Value) : CelNode;

    /// <summary>A variable, as self.</summary>
    internal sealed record Name(string Text) : CelNode;

    /// <summary>A field of a value, as self.spec.</summary>
    internal sealed record Field(CelNode Of, string Text) : CelNode;

    /// <summary>An item of a list or the value of a key.</summary>
    internal sealed record Index(CelNode Of, CelNode At) : CelNode;

    /// <summary>A function; with a receiver when it was written behind a dot.</summary>
    internal sealed record Call(string Function, CelNode? Receiver, ImmutableArray<CelNode> Arguments) : CelNode;

    /// <summary>A loop over a list or the keys of a map: all, exists, exists_one, map, filter.</summary>
    internal sealed record Loop(string Macro, CelNode Over, string Variable, ImmutableArray<CelNode> Bodies) : CelNode;

    /// <summary>[a, b]</summary>
    internal sealed record List(ImmutableArray<CelNode> Items) : CelNode;

    /// <summary>{k: v}</summary>
    internal sealed record Map(ImmutableArray<(CelNode Key, CelNode Value)> Entries) : CelNode;

    /// <summary>!a or -a</summary>
    internal sealed record Unary(string Operator, CelNode Of) : CelNode;

    /// <summary>Two values and what joins them.</summary>
    internal sealed record Binary(string Operator, CelNode Left, CelNode Right) : CelNode;

    /// <summary>a ? b : c</summary>
    internal sealed record Choice(CelNode Condition, CelNode Then, CelNode Otherwise) : CelNode;
}
