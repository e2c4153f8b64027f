using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Custom.Cel;

/// <summary>Computes expressions.</summary>
/// <param name="variables">What the names stand for.</param>
internal sealed class CelEvaluator(ImmutableDictionary<string, object?> variables)
{
    /// <summary>The value, or a <see cref="CelError"/>.</summary>
    public object? Evaluate(CelNode node) => node switch
    {
        CelNode.Literal literal => literal.Value,
        CelNode.Name name => variables.TryGetValue(name.Text, out var value) ? value
            : new CelError($"undeclared reference to '{name.Text}'"),
        CelNode.Field field => Field(Evaluate(field.Of), field.Text),
        CelNode.Index index => Index(Evaluate(index.Of), Evaluate(index.At)),
        CelNode.Call { Function: "has", Arguments: [CelNode.Field tested] } => Has(tested),
        CelNode.Call call => Call(call),
        CelNode.Loop loop => Loop(loop),
        CelNode.List list => AllOf([.. list.Items.Select(Evaluate)], items => items),
        CelNode.Map map => Map(map),
        CelNode.Unary unary => Unary(unary.Operator, Evaluate(unary.Of)),
        CelNode.Binary { Operator: "&&" or "||" } logic => Logic(logic),
        CelNode.Binary binary => Binary(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right)),
        CelNode.Choice choice => Evaluate(choice.Condition) switch
        {
            true => Evaluate(choice.Then),
            false => Evaluate(choice.Otherwise),
            CelError error => error,
            _ => CelError.NoOverload(),
        },
        _ => CelError.NoOverload(),
    };

    private static object? AllOf(List<object?> values, Func<List<object?>, object?> then) =>
        values.OfType<CelError>().FirstOrDefault() is { } error ? error : then(values);

    private static object? Field(object? of, string name) => of switch
    {
        CelError error => error,
        JsonObject map => map.TryGetPropertyValue(name, out var value) ? CelValues.Of(value) : CelError.NoSuchKey(name),
        _ => CelError.NoOverload(),
    };

    private static object? Index(object? of, object? at) => (of, at) switch
    {
        (CelError error, _) => error,
        (_, CelError error) => error,
        (JsonObject, string name) => Field(of, name),
        (List<object?> list, long number) => number >= 0 && number < list.Count ? list[(int)number]
            : new CelError($"index out of bounds: {number.ToString(CultureInfo.InvariantCulture)}"),
        _ => CelError.NoOverload(),
    };

    private object? Has(CelNode.Field tested) => Evaluate(tested.Of) switch
    {
        CelError error => error,
        JsonObject map => map.ContainsKey(tested.Text),
        _ => CelError.NoOverload(),
    };

    private object? Call(CelNode.Call call)
    {
        List<object?> values = [.. call.Arguments.Select(Evaluate)];
        if (call.Receiver is { } receiver)
        {
            values.Insert(0, Evaluate(receiver));
        }

        return AllOf(values, all => CelFunctions.Call(call.Function, all));
    }

    private object? Map(CelNode.Map map)
    {
        var result = new JsonObject();
        foreach (var (key, value) in map.Entries)
        {
            var (name, content) = (Evaluate(key), Evaluate(value));
            if (name is CelError || content is CelError)
            {
                return name as CelError ?? content;
            }

            result[CelValues.ToText(name)] = CelValues.ToJson(content);
        }

        return result;
    }

    // One side can settle it even when the other cannot be computed.
    private object? Logic(CelNode.Binary logic)
    {
        var settles = logic.Operator == "||";
        var left = Evaluate(logic.Left);
        if (left is bool first && first == settles)
        {
            return settles;
        }

        var right = Evaluate(logic.Right);
        return right is bool second && second == settles ? settles
            : left is not bool ? left as CelError ?? CelError.NoOverload()
            : right is not bool ? right as CelError ?? CelError.NoOverload() : !settles;
    }

    private static object? Unary(string sign, object? of) => (sign, of) switch
    {
        (_, CelError error) => error,
        ("!", bool flag) => !flag,
        ("-", long number) => -number,
        ("-", double number) => -number,
        _ => CelError.NoOverload(),
    };

    private static object? Binary(string sign, object? left, object? right)
    {
        if ((left as CelError ?? right as CelError) is { } error)
        {
            return error;
        }

        switch (sign)
        {
            case "==":
                return CelValues.Same(left, right);
            case "!=":
                return !CelValues.Same(left, right);
            case "in":
                return right switch
                {
                    List<object?> list => list.Exists(one => CelValues.Same(one, left)),
                    JsonObject map => left is string key && map.ContainsKey(key),
                    _ => CelError.NoOverload(),
                };
            case "<" or "<=" or ">" or ">=":
                return CelValues.Compare(left, right) is not { } order ? CelError.NoOverload() : sign switch
                {
                    "<" => order < 0,
                    "<=" => order <= 0,
                    ">" => order > 0,
                    _ => order >= 0,
                };
            default:
                return Arithmetic(sign, left, right);
        }
    }

    private static object? Arithmetic(string sign, object? left, object? right) => (left, right) switch
    {
        (long, 0L) when sign == "/" => new CelError("division by zero"),
        (long, 0L) when sign == "%" => new CelError("modulus by zero"),
        (long one, long other) => sign switch
        {
            "+" => one + other,
            "-" => one - other,
            "*" => one * other,
            "/" => one / other,
            _ => one % other,
        },
        (long or double, long or double) when sign != "%" => (CelValues.Number(left), CelValues.Number(right)) switch
        {
            var (one, other) => sign switch
            {
                "+" => one + other,
                "-" => one - other,
                "*" => one * other,
                _ => one / other,
            },
        },
        (string one, string other) when sign == "+" => one + other,
        (List<object?> one, List<object?> other) when sign == "+" => (List<object?>)[.. one, .. other],
        (DateTimeOffset one, TimeSpan other) => sign == "+" ? one + other : one - other,
        (DateTimeOffset one, DateTimeOffset other) when sign == "-" => one - other,
        (TimeSpan one, TimeSpan other) => sign == "+" ? one + other : one - other,
        _ => CelError.NoOverload(),
    };

    private object? Loop(CelNode.Loop loop)
    {
        var over = Evaluate(loop.Over);
        if (over is not (List<object?> or JsonObject))
        {
            return over as CelError ?? CelError.NoOverload();
        }

        var items = over as List<object?> ?? [.. ((JsonObject)over).Select(pair => (object?)pair.Key)];
        List<object?> results = [.. items.Select(item =>
            new CelEvaluator(variables.SetItem(loop.Variable, item)).Evaluate(loop.Bodies[0]))];
        switch (loop.Macro)
        {
            case "all":
                return results.Contains(false) ? false : Settled(results, _ => true);
            case "exists":
                return results.Contains(true) ? true : Settled(results, _ => false);
            case "exists_one":
                return Settled(results, all => all.Count(one => one is true) == 1);
            case "filter":
                return Settled(results, all => items.Where((_, at) => all[at] is true).ToList());
            default:
                return loop.Bodies.Length == 1 ? AllOf(results, all => all) : FilteredMap(loop, items, results);
        }

        static object? Settled(List<object?> results, Func<List<object?>, object?> then) =>
            results.Find(one => one is not bool) is { } odd ? odd as CelError ?? CelError.NoOverload() : then(results);
    }

    // map(x, where, what)
    private object? FilteredMap(CelNode.Loop loop, List<object?> items, List<object?> chosen) => AllOf(
        [.. items.Where((_, at) => chosen[at] is true or CelError).Select(item =>
            new CelEvaluator(variables.SetItem(loop.Variable, item)).Evaluate(loop.Bodies[1]))],
        all => all);
}
