using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Midwatch.Execution.Redaction;

namespace Midwatch.Execution.Tests.Redaction;

public sealed class RedactorTests
{
    private const string Secret = "hunter2-Ünïcode";

    [Theory]
    [InlineData("password is hunter2-Ünïcode.", "password is «secret:db/password».")]
    [InlineData("hunter2-Ünïcodehunter2-Ünïcode", "«secret:db/password»«secret:db/password»")]
    [InlineData("hunter2-Ünïcod", "hunter2-Ünïcod")]
    [InlineData("", "")]
    public void A_known_value_is_replaced_wherever_it_stands(string text, string expected)
    {
        var redactor = new Redactor();
        redactor.LearnEntry("db", "password", Secret + "\n");
        Assert.Equal(expected, redactor.Redact(text));
    }

    [Theory]
    [InlineData(Secret)]
    [InlineData(Secret + "\n")]
    public void A_known_value_is_replaced_in_base64_too(string encoded)
    {
        var redactor = new Redactor();
        redactor.LearnEntry("db", "password", Secret);
        var text = "data: " + Convert.ToBase64String(Encoding.UTF8.GetBytes(encoded));
        Assert.Equal("data: «secret:db/password»", redactor.Redact(text));
    }

    [Fact]
    public void The_secrets_inside_a_pull_secret_are_known_and_its_registry_is_not_one()
    {
        var redactor = new Redactor();
        redactor.LearnEntry(
            "pull", ".dockerconfigjson",
            """{"auths":{"reg.example":{"username":"puller","password":"s3cret-x","auth":"cHVsbGVy"}}}""");
        Assert.Equal(
            "puller@reg.example «secret:pull/password» «secret:pull/auth»",
            redactor.Redact("puller@reg.example s3cret-x cHVsbGVy"));
    }

    [Fact]
    public void Names_of_places_are_no_secrets_although_they_stand_in_one()
    {
        var redactor = new Redactor();
        redactor.LearnEntry("db", "host", "postgres.shop.svc");
        Assert.Equal("cannot reach postgres.shop.svc", redactor.Redact("cannot reach postgres.shop.svc"));
    }

    [Theory]
    [InlineData("Authorization: Bearer abcdefghij0123456789", "Authorization: Bearer «secret:bearer»")]
    [InlineData("postgres://me:pa55word@db/x", "postgres://me:«secret:url-password»@db/x")]
    [InlineData("key AKIAABCDEFGHIJKLMNOP!", "key «secret:aws-key»!")]
    [InlineData("http://localhost:8080/health", "http://localhost:8080/health")]
    public void Secrets_are_known_by_their_looks(string text, string expected) =>
        Assert.Equal(expected, new Redactor().Redact(text));

    [Fact]
    public void No_known_value_survives_in_any_text() =>
        Prop.ForAll(
            Gen.Elements("s3cret", "s3cret-longer", "ab12").ListOf().ToArbitrary(),
            Gen.Elements("s3cret", "-longer", "ab", "12", " ", "x").ListOf().ToArbitrary(),
            (secrets, pieces) =>
            {
                var redactor = new Redactor();
                foreach (var secret in secrets)
                {
                    redactor.Learn("n", secret);
                }

                var redacted =
                    redactor.Redact(string.Concat(pieces)).Replace("«secret:n»", "|", StringComparison.Ordinal);
                return secrets.All(secret => !redacted.Contains(secret, StringComparison.Ordinal));
            }).QuickCheckThrowOnFailure();
}
