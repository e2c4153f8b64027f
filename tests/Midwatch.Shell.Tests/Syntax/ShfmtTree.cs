using System.Text.Json.Nodes;

namespace Midwatch.Shell.Tests.Syntax;

/// <summary>Turns the tree of <c>shfmt -tojson</c> into tokens that ours is compared with.</summary>
internal sealed class ShfmtTree
{
    public List<string> Tokens { get; } = [];

    public void Add(JsonNode? node)
    {
        switch (Text(node, "Type"))
        {
            case "File" or "":
                Statements(node!["Stmts"]);
                break;
            default:
                Command(node!);
                break;
        }
    }

    private void Statements(JsonNode? statements)
    {
        Tokens.Add("[");
        foreach (var statement in Items(statements))
        {
            Statement(statement);
        }

        Tokens.Add("]");
    }

    private void Statement(JsonNode? statement)
    {
        Tokens.Add($"stmt{(Is(statement, "Negated") ? " !" : "")}{(Is(statement, "Background") ? " &" : "")}");
        if (statement!["Cmd"] is { } command)
        {
            Command(command);
        }

        foreach (var redirection in Items(statement["Redirs"]))
        {
            Tokens.Add("redirect " + Text(redirection!["N"], "Value"));
            Operator("redirect", redirection);
            Word(redirection["Word"]);
            if (redirection["Hdoc"] is { } body)
            {
                Word(body);
            }
        }
    }

    private void Command(JsonNode command)
    {
        var type = Text(command, "Type");
        Tokens.Add(type switch { "LetClause" => "CallExpr", "CoprocClause" => "Coproc", _ => type });
        switch (type)
        {
            case "CallExpr":
                Items(command["Assigns"]).ForEach(Assignment);
                Items(command["Args"]).ForEach(Word);
                break;
            case "DeclClause":
                Tokens.Add(Text(command["Variant"], "Value"));
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
                Tokens.Add(Is(command, "Until") ? "until" : "while");
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
                Tokens.Add(Text(command["Name"], "Value"));
                Statement(command["Body"]);
                break;
            case "ArithmCmd":
                Arithmetic(command["X"]);
                break;
            case "TestClause":
                Test(command["X"]);
                break;
            case "TimeClause":
                Tokens.Add(Is(command, "PosixFormat") ? "-p" : "");
                Optional(command["Stmt"], Statement);
                break;
            case "LetClause":
                Tokens.Add("word");
                Tokens.Add("lit let");
                Tokens.Add("let");
                break;
            default:
                Tokens.Add(
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
            Tokens.Add(next["Cond"] is null ? "else" : "elif");
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
        Tokens.Add(Is(command, "Select") ? "select" : Text(loop, "Type"));
        if (Text(loop, "Type") == "WordIter")
        {
            Tokens.Add(Text(loop["Name"], "Value") + (loop["InPos"] is null
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
            Tokens.Add("naked");
            if (assignment!["Value"] is { } value)
            {
                Word(value);
            }
            else
            {
                Tokens.Add("word");
                Tokens.Add("lit " + Text(assignment["Name"], "Value"));
            }

            return;
        }

        Tokens.Add($"assign {Text(assignment!["Name"], "Value")}{(Is(assignment, "Append") ? "+" : "")}");
        Optional(assignment["Index"], Index);
        Optional(assignment["Value"], Word);
        if (assignment["Array"] is { } array)
        {
            Tokens.Add("array");
            foreach (var element in Items(array["Elems"]))
            {
                Tokens.Add("element");
                Optional(element!["Index"], Index);
                Optional(element["Value"], Word);
            }
        }
    }

    // What stands in a subscript is arithmetic or a key, and shfmt guesses: only that there is one counts.
    private void Index(JsonNode? index) => Tokens.Add("index");

    private void Word(JsonNode? word)
    {
        Tokens.Add("word");
        Items(word?["Parts"]).ForEach(Part);
    }

    private void Part(JsonNode? part)
    {
        switch (Text(part, "Type"))
        {
            case "Lit":
                Literal(Text(part, "Value"));
                break;
            case "SglQuoted":
                Tokens.Add((Is(part, "Dollar") ? "ansi " : "single ") + Text(part, "Value"));
                break;
            case "DblQuoted":
                Tokens.Add(Is(part, "Dollar") ? "localized" : "double");
                Items(part!["Parts"]).ForEach(Part);
                Tokens.Add("end");
                break;
            case "ParamExp":
                Parameter(part!);
                break;
            case "CmdSubst":
                Tokens.Add("substitution");
                Statements(part!["Stmts"]);
                break;
            case "ArithmExp":
                Tokens.Add("arithmetic");
                Arithmetic(part!["X"]);
                break;
            case "ProcSubst":
                Tokens.Add("process");
                Operator("process", part!);
                Statements(part!["Stmts"]);
                break;
            case "ExtGlob":
                Tokens.Add("glob " + Text(part!["Pattern"], "Value"));
                break;
            default:
                Tokens.Add("unknown part " + Text(part, "Type"));
                break;
        }
    }

    private void Literal(string text) => NormalTree.AddLiteral(Tokens, text);

    private void Parameter(JsonNode part)
    {
        if (part["Index"] is not null && Is(part, "Short"))
        {
            Literal(Text(part["Param"], "Value") + "[");
            Tokens.Add("index");
            Literal("]");
            return;
        }

        var prefix = Is(part, "Length") ? "#" : Is(part, "Excl") ? "!" : "";
        Tokens.Add($"parameter {prefix}{Text(part["Param"], "Value")}");
        Optional(part["Index"], Index);
        if (part["Slice"] is { } slice)
        {
            Tokens.Add("slice");
            Arithmetic(slice["Offset"]);
            Arithmetic(slice["Length"]);
        }

        if (part["Repl"] is { } replace)
        {
            Tokens.Add("replace");
            Optional(replace["Orig"], Word);
            Optional(replace["With"], Word);
        }

        if (part["Exp"] is { } operation)
        {
            Operator("parameter", operation);
            Optional(operation["Word"], Word);
        }

        Tokens.Add(part["Names"] is null ? "end" : "names end");
    }

    private void Arithmetic(JsonNode? expression)
    {
        if (expression is null)
        {
            Tokens.Add("none");
            return;
        }

        Expression(expression, Arithmetic, "Arithm");
    }

    private void Test(JsonNode? expression) => Expression(expression!, Test, "Test");

    private void Expression(JsonNode expression, Action<JsonNode?> recurse, string kind)
    {
        var type = Text(expression, "Type");
        if (type == "Word")
        {
            Word(expression);
            return;
        }

        Tokens.Add(type + (Is(expression, "Post") ? " post" : ""));
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

    private void Operator(string kind, JsonNode node) => Tokens.Add($"op {kind} {node["Op"]}");

    private static List<JsonNode?> Items(JsonNode? list) => list is JsonArray array ? [.. array] : [];

    private static bool Is(JsonNode? node, string name) => node?[name] is JsonValue value
        && value.TryGetValue<bool>(out var set) && set;

    private static string Text(JsonNode? node, string name) => node?[name]?.ToString() ?? string.Empty;
}
