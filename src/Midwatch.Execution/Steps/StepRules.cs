using Midwatch.Execution.Redaction;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Execution.Steps;

/// <summary>The data that every judgement of a runner needs.</summary>
internal sealed record StepRules(EffectJudge Judge, StepHabits Habits, SecretArguments Secrets);
