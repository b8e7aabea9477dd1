using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Failures;

/// <summary>What registries say through the engine when an image cannot be pulled. {0} is the image.</summary>
internal static class RegistryFailures
{
    public static IReadOnlyList<FailurePattern> All { get; } =
    [
        // Docker Hub says the first for a private image without a sign-in and for one that does not exist; it does not tell which.
        new(
            "image-not-for-us", JobErrorCodes.ImageNotFound, "The registry has no image {0} for this server.", "Check its name; a private image needs the registry's sign-in, which the operator gives on the page Releases.", "pull access denied"),
        new("registry-limit", JobErrorCodes.RegistryRefused, "The registry allows no further pulls for now.", "Sign in to the registry, or try again later.", "toomanyrequests", "pull rate limit"),
        new(
            "registry-refused", JobErrorCodes.RegistryRefused, "The registry refused the sign-in.", "The operator gives user name and password of the registry on the page Releases; they may have expired.",
            "unauthorized", "no basic auth credentials", "authentication required", "denied:", "forbidden"),
        new(
            "registry-certificate", JobErrorCodes.RegistryUnreachable, "The registry's certificate is not trusted by the server.", "Put the registry's authority into /etc/docker/certs.d on the server, or give the registry a public certificate.",
            "x509:", "tls: ", "HTTP response to HTTPS client"),
        new(
            "registry-unreachable", JobErrorCodes.RegistryUnreachable, "The registry cannot be reached from the server.", "Check the registry's name and the server's way to the internet.",
            "no such host", "dial tcp", "timeout", "connection re", "EOF", "Temporary failure", "server misbehaving", "502 Bad", "503 Service", "request canceled"),
        new(
            "image-not-found", JobErrorCodes.ImageNotFound, "The registry has no image {0}.", "Check the name and the tag of the release.", "manifest unknown", "not found", "repository name not known", "name unknown"),
    ];
}
