using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Sites;

/// <summary>
/// Reads and changes a site_config.json as bench lays it out (sorted, one space deep). Every key that a change does not name stays as it was, its JSON
/// type too; the file is whole at every moment, because gunicorn reads it with every request; owner and mode stay.
/// </summary>
internal static class SiteConfigFile
{
    private const int Largest = 256 * 1024;

    private static readonly Lock Gate = new();

    /// <summary>The keys with their values; a <see cref="JobFailedException"/> when the file cannot be used.</summary>
    public static JsonObject Read(string path) => Parse(path, Load(path));

    /// <summary>Tells one content from another, whatever it means; the keys cannot be guessed from it without the passwords in the file.</summary>
    public static string Version(string path) => Convert.ToHexStringLower(SHA256.HashData(Load(path)));

    /// <summary>Reads, lets <paramref name="change"/> work on the keys, and writes when that changed something. True when it did.</summary>
    public static bool Change(string path, Action<JsonObject> change)
    {
        lock (Gate)
        {
            var config = Read(path);
            var before = config.DeepClone();
            change(config);
            if (JsonNode.DeepEquals(before, config))
                return false;

            Replace(path, Text(config));
            return true;
        }
    }

    /// <summary>Puts a whole text in the file's place: how a job that failed puts back what it found.</summary>
    public static void Replace(string path, string text)
    {
        lock (Gate)
            DurableFile.Write(path, text, File.Exists(path) ? File.GetUnixFileMode(path) : DurableFile.Readable);
    }

    /// <summary>True for 1, true and "1": bench writes 1, people write true.</summary>
    public static bool IsOn(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Number => value.AsValue().TryGetValue<double>(out var number) && number != 0,
        JsonValueKind.String => value.GetValue<string>() is "1" or "true" or "True",
        _ => false,
    };

    private static string Text(JsonObject config)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (var (key, value) in config.OrderBy(each => each.Key, StringComparer.Ordinal))
            {
                writer.WritePropertyName(key);
                if (value is null)
                    writer.WriteNullValue();
                else
                    value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static byte[] Load(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > Largest)
                throw Unusable(path, "It is larger than 256 KB.");

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, exception.Message);
        }
    }

    private static JsonObject Parse(string path, byte[] bytes)
    {
        try
        {
            var config = JsonNode.Parse(bytes, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
            return config ?? throw Unusable(path, "It is not a JSON object.");
        }
        catch (JsonException exception)
        {
            // The place only: the text around it holds passwords.
            throw Unusable(path, $"It is not JSON: line {exception.LineNumber + 1}.");
        }
    }

    private static JobFailedException Unusable(string path, string reason) => new(
        JobErrorCodes.SiteConfigInvalid,
        $"The site_config.json of {Path.GetFileName(Path.GetDirectoryName(path))} cannot be used.",
        "Mend it on the server, or restore the site from a backup.",
        reason);
}
