using System.Collections.Immutable;
using System.Text;

namespace Midwatch.Runbooks.Effects.Payloads;

/// <summary>Cuts SQL into statements of tokens; strings and comments are gone, words are upper case.</summary>
internal static class SqlScanner
{
    /// <summary>
    /// The statements in order. A line that begins with a backslash is a statement of one token: psql's own command.
    /// </summary>
    public static ImmutableArray<ImmutableArray<string>> Statements(string sql)
    {
        var statements = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        var tokens = ImmutableArray.CreateBuilder<string>();
        var at = 0;
        while (at < sql.Length)
        {
            var c = sql[at];
            if (c == '\\')
            {
                // psql's own commands end a statement too: SELECT … \g |program.
                Close(statements, tokens);
                var end = LineEnd(sql, at);
                statements.Add([sql[at..end].Trim()]);
                at = end;
            }
            else if (c == ';')
            {
                Close(statements, tokens);
                at++;
            }
            else if (Skipped(sql, at) is var next && next > at)
            {
                AddCalled(sql, at, next, tokens);
                at = next;
            }
            else if (char.IsLetter(c) || c == '_')
            {
                at = Word(sql, at, tokens);
            }
            else
            {
                // Placeholders and operators: one character is one token.
                tokens.Add(c.ToString());
                at++;
            }
        }

        Close(statements, tokens);
        return statements.ToImmutable();
    }

    /// <summary>A quoted name counts where it is called like a function.</summary>
    private static void AddCalled(string sql, int at, int end, ImmutableArray<string>.Builder tokens)
    {
        if (sql[at] is '"' or '`' && end - at > 2 && sql.AsSpan(end).TrimStart().StartsWith("("))
        {
            var name = sql.AsSpan(at + 1, end - at - 2);
            tokens.Add(name.ToString().ToUpperInvariant());
        }
    }

    private static void Close(
        ImmutableArray<ImmutableArray<string>>.Builder statements, ImmutableArray<string>.Builder tokens)
    {
        if (tokens.Count > 0)
        {
            statements.Add(tokens.ToImmutable());
            tokens.Clear();
        }
    }

    private static int Word(string sql, int at, ImmutableArray<string>.Builder tokens)
    {
        var word = new StringBuilder();
        while (at < sql.Length && (char.IsLetterOrDigit(sql[at]) || sql[at] is '_' or '.' or '$'))
        {
            word.Append(char.ToUpperInvariant(sql[at++]));
        }

        tokens.Add(word.ToString());
        return at;
    }

    /// <summary>
    /// Behind white space, a comment, a string, a quoted name or a number; the same place when none stands there.
    /// </summary>
    private static int Skipped(string sql, int at)
    {
        var c = sql[at];
        if (char.IsWhiteSpace(c))
        {
            return at + 1;
        }

        if (c is '\'' or '"' or '`')
        {
            var end = sql.IndexOf(c, at + 1);
            return end < 0 ? sql.Length : end + 1;
        }

        if (sql.AsSpan(at).StartsWith("--") || c == '#')
        {
            return LineEnd(sql, at);
        }

        if (sql.AsSpan(at).StartsWith("/*"))
        {
            // MySQL runs what stands in /*! … */: only real comments are skipped.
            var end = sql.IndexOf("*/", at + 2, StringComparison.Ordinal);
            return at + 2 < sql.Length && sql[at + 2] == '!' ? at : end < 0 ? sql.Length : end + 2;
        }

        return Dollar(sql, at);
    }

    /// <summary><c>$$ … $$</c> and <c>$tag$ … $tag$</c>; a number counts as skipped too.</summary>
    private static int Dollar(string sql, int at)
    {
        if (char.IsDigit(sql[at]))
        {
            return at + 1;
        }

        if (sql[at] != '$')
        {
            return at;
        }

        var tagEnd = at + 1;
        while (tagEnd < sql.Length && (char.IsLetterOrDigit(sql[tagEnd]) || sql[tagEnd] == '_'))
        {
            tagEnd++;
        }

        if (tagEnd >= sql.Length || sql[tagEnd] != '$')
        {
            return at;
        }

        var tag = sql[at..(tagEnd + 1)];
        var close = sql.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
        return close < 0 ? sql.Length : close + tag.Length;
    }

    private static int LineEnd(string sql, int at)
    {
        var end = sql.IndexOf('\n', at);
        return end < 0 ? sql.Length : end;
    }
}
