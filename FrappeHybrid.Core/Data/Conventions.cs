using FrappeHybrid.Core.Contracts.Names;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace FrappeHybrid.Core.Data;

/// <summary>How values are stored: times as UTC milliseconds (SQLite cannot order DateTimeOffset), enums by name, checked names as text.</summary>
internal static class Conventions
{
    public static void Apply(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<DateTimeOffset>().HaveConversion<Milliseconds>();
        configuration.Properties<Enum>().HaveConversion<string>();
        configuration.Properties<BenchName>().HaveConversion<BenchNameText>();
        configuration.Properties<SiteName>().HaveConversion<SiteNameText>();
        configuration.Properties<DomainName>().HaveConversion<DomainNameText>();
        configuration.Properties<ImageReference>().HaveConversion<ImageReferenceText>();
    }

    private sealed class Milliseconds() : ValueConverter<DateTimeOffset, long>(time => time.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));

    private sealed class BenchNameText() : ValueConverter<BenchName, string>(name => name.Value, text => BenchName.Parse(text));

    private sealed class SiteNameText() : ValueConverter<SiteName, string>(name => name.Value, text => SiteName.Parse(text));

    private sealed class DomainNameText() : ValueConverter<DomainName, string>(name => name.Value, text => DomainName.Parse(text));

    private sealed class ImageReferenceText() : ValueConverter<ImageReference, string>(image => image.Value, text => ImageReference.Parse(text));
}
