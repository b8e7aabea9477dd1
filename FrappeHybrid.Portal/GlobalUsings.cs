global using FrappeHybrid.Core;
global using FrappeHybrid.Core.Common;
global using FrappeHybrid.Core.Data;
global using FrappeHybrid.Core.Teams;
