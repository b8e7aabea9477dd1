using Microsoft.AspNetCore.ResponseCompression;

namespace FrappeHybrid.Portal.Startup;

/// <summary>Static files: revalidated at each load (so that a new version is seen at once), fonts kept for a month, texts compressed.</summary>
internal static class StaticFiles
{
    public static StaticFileOptions Options { get; } = new()
    {
        OnPrepareResponse = answer => answer.Context.Response.Headers.CacheControl =
            answer.File.Name.EndsWith(".woff2", StringComparison.Ordinal) ? "public, max-age=2592000" : "no-cache",
    };

    // Pages are left out: compressing a page that holds a secret beside what a caller sent would let its length betray the secret.
    public static void AddStaticFileCompression(this IServiceCollection services) => services.AddResponseCompression(options =>
    {
        options.EnableForHttps = true;
        options.MimeTypes = ["text/css", "text/javascript", "application/javascript", "image/svg+xml"];
        options.Providers.Add<BrotliCompressionProvider>();
        options.Providers.Add<GzipCompressionProvider>();
    });
}
