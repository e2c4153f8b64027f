namespace Midwatch.Shell.Tests.Oracle;

/// <summary>Collects the tokens of a tree.</summary>
internal sealed class TokenList
{
    private readonly List<Token> _tokens = [];

    public IReadOnlyList<Token> Tokens => _tokens;

    /// <summary>Gets or sets the offset of the node that is being written.</summary>
    public int At { get; set; }

    public void Add(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            _tokens.Add(new Token(text, At));
        }
    }

    /// <summary>Neighbouring literals are one: shfmt keeps a backslash in the literal, we make a part of it.</summary>
    public void AddLiteral(string text)
    {
        if (text.Length > 0 && _tokens is [.., { Text: ['l', 'i', 't', ' ', ..] } last])
        {
            _tokens[^1] = last with { Text = last.Text + text };
        }
        else if (text.Length > 0)
        {
            Add("lit " + text);
        }
    }
}
