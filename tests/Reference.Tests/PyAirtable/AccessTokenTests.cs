using System.Text;
using PyAirtable.Auth;

namespace Reference.Tests.PyAirtable;

public sealed class AccessTokenTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef");
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccessToken Token = new(
        "id", Guid.Parse("11111111-2222-3333-4444-555555555555"), "s", Now.AddMinutes(1));

    [Fact]
    public void A_token_reads_back_until_it_ends()
    {
        var text = Token.Sign(Key);
        Assert.Equal(Token, AccessToken.Read(text, Key, Now));
        Assert.Null(AccessToken.Read(text, Key, Now.AddMinutes(1)));
    }

    [Fact]
    public void A_token_of_another_key_or_with_another_word_in_it_is_none()
    {
        var text = Token.Sign(Key);
        Assert.Null(AccessToken.Read(text, [.. Key.Reverse()], Now));
        for (var index = 0; index < text.Length; index++)
        {
            var other = text[..index] + (text[index] == 'A' ? 'B' : 'A') + text[(index + 1)..];
            // The last letter of a signature has two bits that stand for nothing; they are compared all the same.
            Assert.Null(AccessToken.Read(other, Key, Now));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")]
    [InlineData("a.b.c.d")]
    public void What_is_no_token_of_ours_is_none(string text) => Assert.Null(AccessToken.Read(text, Key, Now));

    [Fact]
    public void A_password_holds_against_its_hash_and_no_other()
    {
        var stored = PasswordHash.Make("a long password");
        Assert.True(PasswordHash.Holds(stored, "a long password"));
        Assert.False(PasswordHash.Holds(stored, "a long passwort"));
        Assert.NotEqual(stored, PasswordHash.Make("a long password"));
    }
}
