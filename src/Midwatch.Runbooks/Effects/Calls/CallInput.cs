namespace Midwatch.Runbooks.Effects.Calls;

/// <summary>What a call reads on its standard input. A closed union.</summary>
internal abstract record CallInput
{
    private CallInput()
    {
    }

    /// <summary>Gets the input of a call that nothing is fed.</summary>
    public static CallInput Nothing { get; } = new None();

    /// <summary>Gets the input of a call that reads from a program.</summary>
    public static CallInput Pipe { get; } = new Unknown();

    /// <summary>Nothing is fed: a terminal, in the author's mind.</summary>
    public sealed record None : CallInput;

    /// <summary>Something whose content is known only at run time.</summary>
    public sealed record Unknown : CallInput;

    /// <summary>
    /// A text that stands in the document: a here-document, or what <c>echo</c> writes. Its holes are filled where
    /// no judge looks.
    /// </summary>
    public sealed record Document(CallWord Word) : CallInput;

    /// <summary>
    /// Objects that a command before made from its own words (<c>kubectl create … --dry-run=client -o yaml</c>).
    /// </summary>
    /// <param name="Target">What they are; null when that is not known.</param>
    /// <param name="Action">The shape of bringing them in; null when that is not known.</param>
    public sealed record Made(TargetReference? Target, string? Action) : CallInput;
}
