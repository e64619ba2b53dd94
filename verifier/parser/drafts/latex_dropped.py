"""The commands of LaTeX whose arguments are not printed where they are."""

_DROP_1 = """
    index vspace hspace includegraphics bibliographystyle pagestyle thispagestyle
    hypersetup color geometry todo pagenumbering setmainfont graphicspath nocite
    selectlanguage markright theoremstyle lstset hyphenation newcounter newlength linespread glsadd
    phantom hphantom vphantom raisebox textcolor colorbox scalebox rotatebox parbox author date
    institute affil cline verbatiminput lstinputlisting captionsetup setstretch hypertarget bibinfo
    bibfield sisetup deleted DIFdel AtBeginDocument AtEndDocument input@path subtitle email
"""
_DROP_2 = """
    setlength addtolength fontsize rule markboth newtheorem resizebox multirow inputminted
    pdfbookmark bibitemdeclare DeclareMathOperator
"""
DROPPED_ARGUMENTS = {name: count for count, names in ((1, _DROP_1), (2, _DROP_2)) for name in names.split()}
"""Commands whose first so many arguments are not printed where they are."""
