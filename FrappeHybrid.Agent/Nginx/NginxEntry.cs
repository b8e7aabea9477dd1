using System.Globalization;
using System.Net.Sockets;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Nginx;

/// <summary>
/// A site's entry in the server's nginx: everything for its names goes to the frontend of its bench. There a site is found by the name of its folder, and
/// socket.io compares Origin with Host and asks back at that name; so whatever domain a visitor used, the bench is given the site's own name.
/// </summary>
internal static class NginxEntry
{
    /// <summary>The file's text. All names have passed their type's check, so that none of nginx's own characters can be in them.</summary>
    public static string Text(BenchName bench, SiteName site, int nginxPort, int frontendPort, SiteDomains? domains = null)
    {
        var listen = string.Create(CultureInfo.InvariantCulture, $"listen {nginxPort};");

        // A server without IPv6 refuses the whole configuration for that line.
        if (Socket.OSSupportsIPv6)
            listen += string.Create(CultureInfo.InvariantCulture, $"\n    listen [::]:{nginxPort};");

        var own = domains ?? SiteDomains.None;
        var all = own.AllOf(site);
        var primary = own.PrimaryOf(site);
        var others = own.Redirect ? all.Where(domain => domain != primary).ToList() : [];
        var served = all.Except(others);
        var upstream = string.Create(CultureInfo.InvariantCulture, $"proxy_pass http://127.0.0.1:{frontendPort};");
        return $$"""
            # Site {{site}} of bench {{bench}}. Written by the FrappeHybrid Agent; changes by hand are lost.
            server {
                {{listen}}
                server_name {{string.Join(' ', served)}};
                client_max_body_size 250m;

                proxy_http_version 1.1;
                proxy_connect_timeout 10s;
                proxy_send_timeout 120s;
                proxy_buffer_size 128k;
                proxy_buffers 4 256k;
                proxy_busy_buffers_size 256k;

                location /socket.io {
                    {{upstream}}
                    {{Headers(site)}}
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection "upgrade";
                    proxy_read_timeout 1h;
                }

                location / {
                    {{upstream}}
                    {{Headers(site)}}
                    proxy_set_header Connection "";
                    proxy_read_timeout 120s;
                    proxy_request_buffering off;
                }
            }

            """ + (others.Count == 0 ? "" : Redirect(listen, others, primary, site, upstream));
    }

    /// <summary>The other names, with the port that the visitor used. The bench's socket.io and the Agent ask at the site's own name, and get their answer there.</summary>
    private static string Redirect(string listen, IReadOnlyList<DomainName> others, DomainName primary, SiteName site, string upstream) => $$"""
            server {
                {{listen}}
                server_name {{string.Join(' ', others)}};
                set $visitors_port "";
                if ($http_host ~ ":([0-9]+)$") {
                    set $visitors_port ":$1";
                }

                location / {
                    return 301 $scheme://{{primary}}$visitors_port$request_uri;
                }

                location = /api/method/frappe.realtime.get_user_info {
                    {{upstream}}
                    {{Headers(site)}}
                }

                location = /api/method/ping {
                    {{upstream}}
                    {{Headers(site)}}
                }
            }

            """;

    private static string Headers(SiteName site) =>
        $"proxy_set_header Host {site};\n        proxy_set_header X-Forwarded-Host $host;\n        proxy_set_header X-Real-IP $remote_addr;\n        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n        proxy_set_header X-Forwarded-Proto $scheme;";
}
