# baosong_embed(TARGET NAME HEADER-NAME FILES...): compiles text files into TARGET as
#   namespace baosong::embedded { struct File { std::string_view name, text; }; extern const std::span<const File> NAME; }
# The header lies at <embedded/HEADER-NAME>. g++ 12 has no #embed.
function(baosong_embed target name header)
  set(dir "${CMAKE_CURRENT_BINARY_DIR}/embedded-${name}")
  set(stamp "${dir}/embedded/${header}")
  set(source "${dir}/${name}.cpp")
  add_custom_command(
    OUTPUT "${stamp}" "${source}"
    COMMAND "${CMAKE_COMMAND}" "-DNAME=${name}" "-DHEADER=${stamp}" "-DSOURCE=${source}" "-DINCLUDE=embedded/${header}"
            "-DFILES=${ARGN}" -P "${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake"
    DEPENDS ${ARGN} "${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake"
    VERBATIM)
  target_sources(${target} PRIVATE "${source}" "${stamp}")
  target_include_directories(${target} PRIVATE "${dir}")
endfunction()
