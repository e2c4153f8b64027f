using Midwatch.Shell.Expansion;

namespace Midwatch.Shell.Interpretation;

/// <summary>What the options of <c>declare</c> and its like ask for.</summary>
/// <param name="Keyword">The builtin's name.</param>
/// <param name="Options">All of its options, each with its sign.</param>
internal sealed record DeclarationAttributes(string Keyword, string Options)
{
    public bool IsGlobal => Has('g');

    public bool Prints => Has('p');

    public bool Functions => Has('f') || Has('F');

    public bool NamesOnly => Has('F');

    public bool References => Has('n') && Keyword != "export";

    public bool? Exports => Keyword switch
    {
        "export" => !Options.Contains("-n", StringComparison.Ordinal),
        _ when Has('x') => !Takes('x'),
        _ => null,
    };

    public bool IsReadOnly => Keyword == "readonly" || (Keyword != "export" && Has('r') && !Takes('r'));

    public ShellVariable Change(ShellVariable variable)
    {
        if (References)
        {
            return Takes('n') ? variable with { Reference = null, Text = variable.Reference }
                : variable with { Reference = variable.Reference ?? string.Empty };
        }

        var letters = Has('l') && !Takes('l') ? 'l' : Has('u') && !Takes('u') ? 'u' : Has('c') ? 'c' : variable.Letters;
        variable = variable with
        {
            Integer = Has('i') ? !Takes('i') : variable.Integer,
            Letters = (Has('l') && Takes('l')) || (Has('u') && Takes('u')) ? null : letters,
        };
        if (Has('A') && variable.Keyed is null)
        {
            return variable with
            {
                Keyed = variable.Text is { } text ? ShellArrays.NoKeys.Add("0", text) : ShellArrays.NoKeys,
                Text = null,
            };
        }

        return Has('a') && !variable.IsArray
            ? variable with { Elements = ShellArrays.Of(variable), Text = null }
            : variable;
    }

    private bool Has(char letter) => Options.Contains(letter, StringComparison.Ordinal);

    // Written with a plus: the attribute is taken away.
    private bool Takes(char letter)
    {
        var at = Options.LastIndexOf(letter);
        return at > 0 && Options.LastIndexOfAny(['-', '+'], at) is >= 0 and var sign && Options[sign] == '+';
    }
}
