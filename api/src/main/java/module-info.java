/// What interfaces see of the messenger: commands, queries, events, problems.
module im.waxwing.api {
  exports im.waxwing.api;

  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires static org.jspecify;
}
