using System.Text;
using FrappeHybrid.Core.Mail;
using Xunit;

namespace FrappeHybrid.Tests.Core.Mail;

/// <summary>How a letter is written for the wire.</summary>
public sealed class MailLetterTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 20, 4, 5, TimeSpan.FromHours(1));

    [Fact]
    public void Letter_is_written_to_the_letter_of_the_standards()
    {
        var letter = new MailLetter(Guid.Parse("01932f00-0000-7000-8000-000000000001"), "portal@example.com", "Büro", "owner@example.com", "Zażółć gęślą jaźń", "Grüße = ok \n\n.\nend", At);

        Assert.Equal(
            "From: =?utf-8?B?QsO8cm8=?= <portal@example.com>\r\n"
            + "To: owner@example.com\r\n"
            + "Subject: =?utf-8?B?WmHFvMOzxYLEhyBnxJnFm2zEhSBqYcW6xYQ=?=\r\n"
            + "Date: Sat, 21 Nov 2026 19:04:05 +0000\r\n"
            + "Message-ID: <01932f00-0000-7000-8000-000000000001@example.com>\r\n"
            + "Auto-Submitted: auto-generated\r\n"
            + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
            + "\r\n"
            + "Gr=C3=BC=C3=9Fe =3D ok=20\r\n\r\n.\r\nend\r\n",
            Encoding.ASCII.GetString(letter.ToBytes()));
    }

    [Fact]
    public void No_line_is_too_long_and_what_was_written_is_read_again()
    {
        var subject = string.Concat(Enumerable.Repeat("Überlänge 🚀 ", 14)) + "end";
        var text = $"{new string('x', 400)}\n{string.Concat(Enumerable.Repeat("ж€🚀 =", 90))}\n\ttab and blank \n=?utf-8?B?QQ==?=\nhttps://portal.example.com/account/join?token={new string('a', 64)}&x=1";
        var bytes = Letter(subject: subject, text: text, fromName: "A \"quoted\" \\ name").ToBytes();
        var file = Encoding.UTF8.GetString(bytes);

        Assert.All(bytes, each => Assert.True(each is (byte)'\r' or (byte)'\n' or (byte)'\t' or >= 32 and < 127));
        Assert.All(file.Split("\r\n"), line => Assert.True(line.Length <= 78, line));
        Assert.DoesNotContain("\n", file.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("From: \"A \\\"quoted\\\" \\\\ name\" <portal@example.com>", file, StringComparison.Ordinal);
        var read = MailFileView.Parse("x.eml", file);
        Assert.Equal(subject, read.Subject);
        Assert.Equal(text + "\n", read.Text);
        Assert.Equal(At, read.At);
    }

    [Theory]
    [InlineData("owner@example.com\r\nBcc: many@example.com", "Hello")]
    [InlineData("owner@example.com", "Hello\nBcc: many@example.com")]
    [InlineData("owner@example.com", "Hello\rX: y")]
    [InlineData("owner@example.com\0", "Hello")]
    public void Second_line_in_a_header_is_refused(string to, string subject) =>
        Assert.Throws<InvalidOperationException>(() => Letter(to: to, subject: subject).ToBytes());

    [Theory]
    [InlineData("owner@example.com", "owner@example.com")]
    [InlineData("owner@müller.example", "owner@xn--mller-kva.example")]
    [InlineData("größe@example.com", null)]
    [InlineData("owner@example.com> SIZE=1", null)]
    [InlineData("<owner@example.com>", null)]
    [InlineData("Owner <owner@example.com>", null)]
    [InlineData("owner@example.com, other@example.com", null)]
    [InlineData("\"a b\"@example.com", null)]
    [InlineData("", null)]
    public void Address_is_what_a_server_takes_or_nothing(string to, string? recipient) => Assert.Equal(recipient, Letter(to: to).Recipient);

    [Fact]
    public void Text_that_looks_encoded_already_is_encoded_once_more() =>
        Assert.Equal("=?utf-8?B?QQ==?=", MailFileView.Parse("x", Encoding.ASCII.GetString(Letter(subject: "=?utf-8?B?QQ==?=").ToBytes())).Subject);

    [Fact]
    public void All_letters_have_the_same_foot()
    {
        var text = MailText.WithFooter("Hello\r\n\r\nWorld\n\n", "Example Hosting", new Uri("https://portal.example.com"));

        Assert.Equal("Hello\n\nWorld\n\n-- \nExample Hosting\nhttps://portal.example.com/\nThe portal wrote this letter by itself; answers to it are not read.\n", text);
        Assert.Contains("https://portal.example.com/", MailText.Test(new Uri("https://portal.example.com")).Body.Split('\n'));
    }

    private static MailLetter Letter(string to = "owner@example.com", string subject = "Hello", string text = "Text", string fromName = "") =>
        new(Guid.CreateVersion7(), "portal@example.com", fromName, to, subject, text, At);
}
