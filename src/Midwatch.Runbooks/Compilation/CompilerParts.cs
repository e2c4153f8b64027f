using Midwatch.Runbooks.Blocks;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Placeholders;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>What every compilation needs and none changes: lexicons and the judge.</summary>
internal sealed record CompilerParts(
    EffectJudge Judge, HeadingLexicon Headings, GateLexicon Gates, SentenceLexicon Sentences,
    BlockLanguages Languages, PlaceholderReader Placeholders, SessionLexicon Sessions);
