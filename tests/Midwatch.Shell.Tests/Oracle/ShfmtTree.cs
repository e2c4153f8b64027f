using System.Text.Json.Nodes;

namespace Midwatch.Shell.Tests.Oracle;

/// <summary>Turns the tree of <c>shfmt -tojson</c> into tokens that ours is compared with.</summary>
internal sealed class ShfmtTree
{
    private readonly TokenList _tokens = new();
    private readonly HashSet<string> _regrouped = new(StringComparer.Ordinal);
    private readonly string _text;
    private readonly SourceOffsets _offsets;

    private ShfmtTree(string text) => (_text, _offsets) = (text, new SourceOffsets(text));

    /// <summary>
    /// The tokens of what <c>shfmt -tojson</c> wrote about a text, and how its tree was grouped anew: see
    /// <see cref="Grouping"/>.
    /// </summary>
    public static (IReadOnlyList<Token> Tokens, IReadOnlySet<string> Regrouped) Of(JsonNode? file, string text)
    {
        var tree = new ShfmtTree(text);
        tree.Statements(file!["Stmts"]);
        return (tree._tokens.Tokens, tree._regrouped);
    }

    private void Statements(JsonNode? statements)
    {
        _tokens.Add("[");
        foreach (var statement in Items(statements))
        {
            Statement(statement);
        }

        _tokens.Add("]");
    }

    private void Statement(JsonNode? statement)
    {
        _tokens.At = Start(statement);
        _tokens.Add($"stmt{(Is(statement, "Negated") ? " !" : "")}{(Is(statement, "Background") ? " &" : "")}");
        if (statement!["Cmd"] is { } command)
        {
            if (command["Body"]?["Cmd"] is { } body && Text(body, "Type") == "BinaryCmd")
            {
                _regrouped.Add(Grouping.ListBehindAFunction);
                ListOfFunction(body, command);
            }
            else
            {
                Command(command);
            }
        }

        foreach (var redirection in Items(statement["Redirs"]))
        {
            _tokens.Add("redirect " + Text(redirection!["N"], "Value"));
            Operator("redirect", redirection);
            Word(redirection["Word"]);
            if (redirection["Hdoc"] is { } body)
            {
                HereDocument(body, dedented: OperatorAt(redirection, "<<-"));
            }
        }
    }

    // shfmt takes `f() { …; } && g` for a function whose body is the list; bash for a list that begins with one.
    private void ListOfFunction(JsonNode list, JsonNode function)
    {
        _tokens.Add("BinaryCmd");
        Operator("command", list);
        _tokens.Add("stmt");
        var first = list["X"]!;
        if (Text(first["Cmd"], "Type") == "BinaryCmd")
        {
            ListOfFunction(first["Cmd"]!, function);
        }
        else
        {
            _tokens.Add("FuncDecl", Text(function["Name"], "Value"));
            Statement(first);
        }

        Statement(list["Y"]);
    }

    private void Command(JsonNode command)
    {
        var type = Text(command, "Type");
        _tokens.Add(type switch { "LetClause" => "CallExpr", "CoprocClause" => "Coproc", _ => type });
        switch (type)
        {
            case "CallExpr":
                Items(command["Assigns"]).ForEach(Assignment);
                Items(command["Args"]).ForEach(Word);
                break;
            case "DeclClause":
                _tokens.Add(Text(command["Variant"], "Value"));
                Items(command["Args"]).ForEach(Assignment);
                break;
            case "BinaryCmd":
                Operator("command", command);
                Statement(command["X"]);
                Statement(command["Y"]);
                break;
            case "Subshell" or "Block":
                Statements(command["Stmts"]);
                break;
            case "IfClause":
                If(command);
                break;
            case "WhileClause":
                _tokens.Add(Is(command, "Until") ? "until" : "while");
                Statements(command["Cond"]);
                Statements(command["Do"]);
                break;
            case "ForClause":
                For(command);
                break;
            case "CaseClause":
                Case(command);
                break;
            case "FuncDecl":
                _tokens.Add(Text(command["Name"], "Value"));
                Statement(command["Body"]);
                break;
            case "ArithmCmd":
                Arithmetic(command["X"]);
                break;
            case "TestClause":
                Test(command["X"]);
                break;
            case "TimeClause":
                _tokens.Add(Is(command, "PosixFormat") ? "-p" : "");
                Optional(command["Stmt"], Statement);
                break;
            case "LetClause":
                _tokens.Add($"word {Start(command)}-{Start(command) + 3}");
                _tokens.Add("lit let");
                _tokens.Add("let");
                break;
            default:
                _tokens.Add(
                    "name " + string.Concat(Items(command["Name"]?["Parts"]).Select(part => Text(part, "Value"))));
                Optional(command["Stmt"], Statement);
                break;
        }
    }

    private void If(JsonNode command)
    {
        Statements(command["Cond"]);
        Statements(command["Then"]);
        for (var next = command["Else"]; next is not null; next = next["Else"])
        {
            _tokens.Add(next["Cond"] is null ? "else" : "elif");
            if (next["Cond"] is { } condition)
            {
                Statements(condition);
            }

            Statements(next["Then"]);
        }
    }

    private void For(JsonNode command)
    {
        var loop = command["Loop"]!;
        _tokens.Add(Is(command, "Select") ? "select" : Text(loop, "Type"));
        if (Text(loop, "Type") == "WordIter")
        {
            _tokens.Add(Text(loop["Name"], "Value") + (loop["InPos"] is null
                || (int)(loop["InPos"]!["Offset"] ?? 0) == 0 ? "" : " in"));
            Items(loop["Items"]).ForEach(Word);
        }
        else
        {
            Arithmetic(loop["Init"]);
            Arithmetic(loop["Cond"]);
            Arithmetic(loop["Post"]);
        }

        Statements(command["Do"]);
    }

    private void Case(JsonNode command)
    {
        Word(command["Word"]);
        foreach (var item in Items(command["Items"]))
        {
            Operator("case", item!);
            Items(item!["Patterns"]).ForEach(Word);
            Statements(item["Stmts"]);
        }
    }

    private void Assignment(JsonNode? assignment)
    {
        if (Is(assignment, "Naked"))
        {
            _tokens.Add("naked");
            if (assignment!["Value"] is { } value)
            {
                Word(value);
            }
            else
            {
                _tokens.Add($"word {Start(assignment)}-{End(assignment)}");
                _tokens.Add("lit " + Text(assignment["Name"], "Value"));
            }

            return;
        }

        _tokens.Add($"assign {Text(assignment!["Name"], "Value")}{(Is(assignment, "Append") ? "+" : "")}");
        Optional(assignment["Index"], Index);
        Optional(assignment["Value"], Word);
        if (assignment["Array"] is { } array)
        {
            _tokens.Add("array");
            foreach (var element in Items(array["Elems"]))
            {
                _tokens.Add("element");
                Optional(element!["Index"], Index);
                Optional(element["Value"], Word);
            }
        }
    }

    // What stands in a subscript is arithmetic or a key, and shfmt guesses: its text counts.
    private void Index(JsonNode? index) => _tokens.Add("index " + NormalTree.Bare(_text[Start(index)..End(index)]));

    private int Start(JsonNode? node) => _offsets.Of((int)(node?["Pos"]?["Offset"] ?? 0));

    private int End(JsonNode? node) => _offsets.Of((int)(node?["End"]?["Offset"] ?? 0));

    // A line continuation at the end belongs to no word; shfmt counts it where the word ends in plain text.
    private int WordEnd(JsonNode? word)
    {
        var end = End(word);
        return end > 1 && _text[end - 1] == '\n' && _text[end - 2] == '\\' ? end - 2
            : end > 2 && _text[end - 1] == '\n' && _text[end - 2] == '\r' && _text[end - 3] == '\\' ? end - 3
            : end;
    }

    private bool OperatorAt(JsonNode node, string text) =>
        string.CompareOrdinal(_text, _offsets.Of((int)(node["OpPos"]?["Offset"] ?? 0)), text, 0, text.Length) == 0;

    private void Word(JsonNode? word)
    {
        _tokens.At = Start(word);
        _tokens.Add($"word {Start(word)}-{WordEnd(word)}");
        Items(word?["Parts"]).ForEach(Part);
    }

    // Ours begins behind the mark of /# and /%.
    private void Pattern(JsonNode? word)
    {
        _tokens.Add("pattern");
        Items(word?["Parts"]).ForEach(Part);
    }

    // Ours has the tabs dropped already.
    private void HereDocument(JsonNode body, bool dedented)
    {
        _tokens.Add("here-document");
        var atLineStart = true;
        foreach (var part in Items(body["Parts"]))
        {
            if (Text(part, "Type") != "Lit")
            {
                Part(part);
                atLineStart = false;
                continue;
            }

            foreach (var line in Text(part, "Value").Split('\n').Select((line, i) => i == 0 ? line : "\n" + line))
            {
                var starts = atLineStart || line.StartsWith('\n');
                var kept = dedented && starts ? line.TrimStart('\n').TrimStart('\t') : line.TrimStart('\n');
                Literal((line.StartsWith('\n') ? "\n" : string.Empty) + kept);
                atLineStart = false;
            }
        }
    }

    private void Part(JsonNode? part)
    {
        switch (Text(part, "Type"))
        {
            case "Lit":
                Literal(Text(part, "Value"));
                break;
            case "SglQuoted":
                _tokens.Add((Is(part, "Dollar") ? "ansi " : "single ") + Text(part, "Value"));
                break;
            case "DblQuoted":
                _tokens.Add(Is(part, "Dollar") ? "localized" : "double");
                Items(part!["Parts"]).ForEach(Part);
                _tokens.Add("end");
                break;
            case "ParamExp":
                Parameter(part!);
                break;
            case "CmdSubst":
                _tokens.Add("substitution");
                Statements(part!["Stmts"]);
                break;
            case "ArithmExp":
                _tokens.Add("arithmetic");
                Arithmetic(part!["X"]);
                break;
            case "ProcSubst":
                _tokens.Add("process");
                Operator("process", part!);
                Statements(part!["Stmts"]);
                break;
            case "ExtGlob":
                _tokens.Add("glob " + Text(part!["Pattern"], "Value"));
                break;
            default:
                _tokens.Add("unknown part " + Text(part, "Type"));
                break;
        }
    }

    private void Literal(string text) => _tokens.AddLiteral(text);

    private void Parameter(JsonNode part)
    {
        if (part["Index"] is not null && Is(part, "Short"))
        {
            Literal(Text(part["Param"], "Value"));
            Index(part["Index"]);
            return;
        }

        var prefix = Is(part, "Length") ? "#" : Is(part, "Excl") ? "!" : "";
        _tokens.Add($"parameter {prefix}{Text(part["Param"], "Value")}");
        Optional(part["Index"], Index);
        if (part["Slice"] is { } slice)
        {
            _tokens.Add("slice");
            Arithmetic(slice["Offset"]);
            Arithmetic(slice["Length"]);
        }

        if (part["Repl"] is { } replace)
        {
            _tokens.Add("replace");
            Optional(replace["Orig"], Pattern);
            Optional(replace["With"], Word);
        }

        if (part["Exp"] is { } operation)
        {
            Operator("parameter", operation);
            Optional(operation["Word"], Word);
        }

        _tokens.Add(part["Names"] is null ? "end" : "names end");
    }

    private void Arithmetic(JsonNode? expression)
    {
        if (expression is null)
        {
            _tokens.Add("none");
            return;
        }

        Expression(expression, Arithmetic, "Arithm");
    }

    // shfmt groups `! a && b || c` from the right; bash by precedence. Made flat, it is grouped anew.
    private void Test(JsonNode? expression)
    {
        var flat = new List<object>();
        Flatten(expression!, flat);
        var at = 0;
        Grouped(flat, ref at, level: 0);
    }

    private void Flatten(JsonNode expression, List<object> flat)
    {
        switch (Text(expression, "Type"))
        {
            case "BinaryTest" when OperatorAt(expression, "&&") || OperatorAt(expression, "||"):
                NoteGrouping(expression, negated: false);
                Flatten(expression["X"]!, flat);
                flat.Add(OperatorAt(expression, "&&") ? "&&" : "||");
                Flatten(expression["Y"]!, flat);
                break;
            case "UnaryTest" when OperatorAt(expression, "!"):
                NoteGrouping(expression["X"]!, negated: true);
                flat.Add(expression);
                Flatten(expression["X"]!, flat);
                break;
            default:
                flat.Add(expression);
                break;
        }
    }

    /// <summary><c>||</c> right below <c>&amp;&amp;</c>, or either below <c>!</c>, is no grouping of bash.</summary>
    private void NoteGrouping(JsonNode expression, bool negated)
    {
        bool Joins(JsonNode side, string operation) =>
            Text(side, "Type") == "BinaryTest" && OperatorAt(side, operation);
        if (negated ? Joins(expression, "&&") || Joins(expression, "||")
            : Joins(expression, "&&") && (Joins(expression["X"]!, "||") || Joins(expression["Y"]!, "||")))
        {
            _regrouped.Add(Grouping.PrecedenceInATest);
        }
    }

    private void Grouped(List<object> flat, ref int at, int level)
    {
        if (level == 2)
        {
            Leaf(flat, ref at);
            return;
        }

        var operation = level == 0 ? "||" : "&&";
        var (depth, chained) = (0, false);
        for (var i = at; i < flat.Count && depth == 0 && !chained; i++)
        {
            chained = flat[i] as string == operation;
            depth = level == 1 && flat[i] as string == "||" ? 1 : 0;
        }

        if (chained)
        {
            _tokens.Add(level == 0 ? "any" : "all");
        }

        Grouped(flat, ref at, level + 1);
        while (at < flat.Count && flat[at] as string == operation)
        {
            at++;
            Grouped(flat, ref at, level + 1);
        }

        if (chained)
        {
            _tokens.Add("end");
        }
    }

    private void Leaf(List<object> flat, ref int at)
    {
        var node = (JsonNode)flat[at++];
        if (Text(node, "Type") == "UnaryTest" && OperatorAt(node, "!"))
        {
            _tokens.Add("UnaryTest");
            Operator("Test", node);
            Leaf(flat, ref at);
        }
        else
        {
            Expression(node, Test, "Test");
        }
    }

    private void Expression(JsonNode expression, Action<JsonNode?> recurse, string kind)
    {
        var type = Text(expression, "Type");
        if (type == "Word")
        {
            Word(expression);
            return;
        }

        _tokens.Add(type + (Is(expression, "Post") ? " post" : ""));
        if (type.StartsWith("Paren", StringComparison.Ordinal))
        {
            recurse(expression["X"]);
            return;
        }

        Operator(kind, expression);
        recurse(expression["X"]);
        if (type.StartsWith("Binary", StringComparison.Ordinal))
        {
            recurse(expression["Y"]);
        }
    }

    private static void Optional(JsonNode? node, Action<JsonNode?> add)
    {
        if (node is not null)
        {
            add(node);
        }
    }

    private void Operator(string kind, JsonNode node) => _tokens.Add($"op {kind} {node["Op"]}");

    private static List<JsonNode?> Items(JsonNode? list) => list is JsonArray array ? [.. array] : [];

    private static bool Is(JsonNode? node, string name) => node?[name] is JsonValue value
        && value.TryGetValue<bool>(out var set) && set;

    private static string Text(JsonNode? node, string name) => node?[name]?.ToString() ?? string.Empty;
}
