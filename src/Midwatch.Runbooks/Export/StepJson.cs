using System.Text.Json;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Export;

/// <summary>Writes steps and their commands.</summary>
internal static class StepJson
{
    public static void Write(Utf8JsonWriter writer, Step step)
    {
        writer.WriteString("id", step.Id);
        writer.WriteString("kind", step.Kind switch
        {
            StepKind.Commands => "commands",
            StepKind.Human => "human",
            _ => "wait",
        });
        writer.WriteString("phase", CompiledTree.Words(step.Phase));
        writer.WriteString("title", step.Title);
        writer.WriteNumber("line", step.Line);
        writer.Optional("language", step.Language);
        writer.Optional("narrative", step.Narrative);
        writer.Object("gate", step.Gate, Write);
        writer.Seconds("waitSeconds", step.WaitFor);
        writer.Array("commands", step.Commands, Write);
        writer.Array("expects", step.Expects, ExpectationJson.Write);
    }

    public static void Target(Utf8JsonWriter writer, TargetReference target)
    {
        writer.WriteString("kind", target.Kind);
        writer.Optional("name", target.Name);
        writer.Optional("namespace", target.Namespace);
        writer.Optional("selector", target.Selector);
        if (target.Replicas is { } replicas)
        {
            writer.WriteNumber("replicas", replicas);
        }
    }

    private static void Write(Utf8JsonWriter writer, StepCommand command)
    {
        writer.WriteString("id", command.Id);
        writer.WriteString("text", command.Text);
        writer.Span(command.Span);
        writer.WriteString("program", command.Effect.Program);
        writer.Optional("subcommand", command.Effect.Subcommand);
        writer.WriteString("effect", command.Effect.Effect.Name());
        writer.Texts("marks", command.Effect.Marks.Names());
        writer.Optional("action", command.Effect.Action);
        writer.Texts("reasons", command.Effect.Reasons);
        writer.WriteString("phase", CompiledTree.Words(command.Phase));
        writer.Object("target", command.Effect.Target, Target);
        writer.Array("placeholders", command.Placeholders, static (json, placeholder) =>
        {
            json.WriteString("name", placeholder.Name);
            json.WriteString("type", placeholder.Type);
            json.Span(placeholder.Span);
        });
        writer.Optional("comment", command.Comment.Length > 0 ? command.Comment : null);
        writer.Object("gate", command.Gate, Write);
        writer.Object("inside", command.Inside, static (json, place) =>
        {
            json.WriteString("kind", place.Kind);
            json.WriteString("opener", place.Opener);
            json.WriteNumber("line", place.Line);
        });
        writer.WriteBoolean("alternative", command.IsAlternative);
        writer.WriteBoolean("refused", command.Script is null);
        writer.Array("expects", command.Expects, ExpectationJson.Write);
    }

    private static void Write(Utf8JsonWriter writer, Gate gate)
    {
        writer.WriteString("text", gate.Text);
        writer.Optional("predicate", gate.Predicate);
        writer.WriteNumber("line", gate.Line);
    }
}
