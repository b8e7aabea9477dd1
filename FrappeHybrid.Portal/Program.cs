using FrappeHybrid.Portal;
using FrappeHybrid.Portal.Commands;

return PortalCommands.Are(args) ? await PortalCommands.RunAsync(args) : await PortalHost.RunAsync(args);
