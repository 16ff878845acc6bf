/**
 * Names and values by subject, so that a program about a shop speaks of prices and orders. Every list of names is
 * written "plural/singular" where a loop over it needs both.
 */
export interface Subject {
  ints: string;
  floats: string;
  /** Text variables with values: name=value|value|… */
  texts: string[];
  /** Lists of numbers: plural/singular. */
  numbers: string;
  /** Lists of text: plural/singular=value|value|… */
  names: string[];
  /** Dictionaries from text to numbers: name=key|key|… */
  counts: string[];
  /** Functions over numbers. */
  functions: string;
  /** Classes: Name=attribute:kind,…; kinds are t (text) and n (number). */
  classes: string[];
  /** Names of records (a dictionary of mixed fields): name=field:kind,… */
  records: string[];
}

export const SUBJECTS: readonly Subject[] = [
  {
    ints: 'age grade student_count max_score passing_score absent_days class_size year semester points credits',
    floats: 'average gpa percentage mean_score final_grade',
    texts: ['student=Alice|Bob|Maria|Chen|Omar|Priya', 'subject=math|history|biology|physics|art', 'teacher=Mr. Smith|Dr. Lee|Ms. Garcia', 'school=Lincoln High|Westside|Hill Valley'],
    numbers: 'scores/score grades/grade marks/mark results/result test_scores/score ages/age exam_results/result',
    names: ['students/student=Alice|Bob|Charlie|Diana|Eve|Frank', 'subjects/subject=math|history|art|music|biology|chemistry', 'courses/course=Algebra|Drawing|Latin|Physics'],
    counts: ['grades=Alice|Bob|Carol|Dan', 'attendance=Mon|Tue|Wed|Thu|Fri', 'student_scores=Ann|Ben|Cleo|Dev', 'marks=english|maths|science'],
    functions: 'average_grade grade_student compute_average final_score passes curve highest_mark',
    classes: ['Student=name:t,age:n,grade:n', 'Course=title:t,credits:n', 'Teacher=name:t,subject:t', 'School=name:t,size:n'],
    records: ['student=name:t,age:n,grade:n', 'course=title:t,credits:n', 'report=subject:t,score:n'],
  },
  {
    ints: 'quantity stock item_count units discount order_id num_items reorder_level boxes shelf customers qty',
    floats: 'price total_price tax_rate discount_rate cost subtotal shipping unit_price revenue',
    texts: ['product=laptop|phone|desk|lamp|chair|mouse', 'customer=Anna|Peter|Yuki|Liam', 'item=apple|bread|milk|coffee|cheese', 'currency=USD|EUR|GBP', 'category=toys|books|garden'],
    numbers: 'prices/price quantities/quantity costs/cost orders/order sales/sale amounts/amount totals/total',
    names: ['products/product=laptop|mouse|keyboard|screen|cable', 'cart/item=milk|eggs|bread|butter|tea', 'items/item=pen|book|bag|ruler|eraser', 'fruits/fruit=apple|banana|cherry|mango|kiwi|grape', 'categories/category=toys|food|clothes'],
    counts: ['prices=apple|banana|orange|pear', 'inventory=pens|pencils|notebooks|erasers', 'stock=shirts|shoes|hats|socks', 'cart=milk|bread|eggs', 'menu=coffee|tea|cake|juice', 'sales=north|south|east|west'],
    functions: 'apply_discount calculate_total add_tax total_cost get_price checkout restock shipping_cost',
    classes: ['Product=name:t,price:n', 'Order=customer:t,total:n', 'Item=name:t,quantity:n', 'Store=name:t,stock:n', 'ShoppingCart=owner:t,total:n'],
    records: ['product=name:t,price:n,stock:n', 'order=id:n,customer:t,total:n', 'item=sku:t,qty:n', 'customer=name:t,email:t,orders:n'],
  },
  {
    ints: 'temperature humidity day_count wind_speed hours rain_days month celsius pressure altitude',
    floats: 'avg_temp rainfall temp_f temp_c warmest coldest dew_point fahrenheit',
    texts: ['city=Paris|London|Tokyo|Oslo|Cairo|Lima', 'season=spring|summer|autumn|winter', 'sky=sunny|cloudy|rainy|foggy', 'day=Monday|Friday|Sunday'],
    numbers: 'temperatures/temperature temps/temp readings/reading highs/high lows/low rainfall/amount',
    names: ['cities/city=Paris|Rome|Berlin|Madrid|Oslo|Vienna', 'days/day=Mon|Tue|Wed|Thu|Fri', 'seasons/season=spring|summer|fall|winter', 'months/month=Jan|Feb|Mar|Apr'],
    counts: ['temps=Paris|London|Tokyo', 'rainfall=jan|feb|mar|apr', 'forecast=monday|tuesday|wednesday', 'weather=temp|humidity|wind'],
    functions: 'to_celsius to_fahrenheit average_temp warmest_day convert heat_index',
    classes: ['Station=city:t,temp:n', 'Forecast=day:t,high:n', 'Sensor=label:t,reading:n'],
    records: ['weather=city:t,temp:n', 'forecast=day:t,high:n,low:n', 'reading=sensor:t,value:n'],
  },
  {
    ints: 'word_count length vowels line_number char_count max_len position index letters repeats',
    floats: 'ratio avg_length density frequency',
    texts: ['text=hello world|the quick brown fox|to be or not to be', 'word=python|banana|level|kitchen|racecar', 'sentence=I like tea|Birds can fly|This is a test', 'message=Hello|Good morning|Welcome back|See you', 'letter=a|e|x|z', 'greeting=Hi|Hello|Hey', 'phrase=keep calm|well done', 'line=a,b,c|name;age|one two three'],
    numbers: 'lengths/length counts/count positions/position codes/code widths/width',
    names: ['words/word=apple|river|stone|cloud|tree', 'letters/letter=a|b|c|d|e', 'lines/line=first line|second line|third', 'tokens/token=if|else|for|while', 'names/name=Ana|Bo|Cy|Di', 'vowels/vowel=a|e|i|o|u', 'colors/color=red|green|blue|black|white'],
    counts: ['counts=a|b|c', 'word_counts=the|cat|sat|mat', 'freq=x|y|z', 'lengths=one|three|seven', 'letter_counts=e|t|a'],
    functions: 'count_words count_vowels shift_by longest repeat_count char_value',
    classes: ['Document=title:t,pages:n', 'Word=text:t,count:n', 'Parser=source:t,pos:n', 'Message=body:t,priority:n'],
    records: ['entry=word:t,count:n', 'message=sender:t,text:t', 'doc=title:t,pages:n'],
  },
  {
    ints: 'user_id login_count attempts max_attempts num_users timeout port session_id level retries limit page',
    floats: 'success_rate elapsed response_time load_avg uptime',
    texts: ['username=admin|guest|jdoe|alice99|root', 'email=bob@mail.com|info@site.org', 'password=secret|hunter2|abc123', 'role=admin|editor|viewer', 'status=active|pending|closed|ok', 'url=http://example.com|localhost', 'host=localhost|server1', 'token=abc-123|xyz'],
    numbers: 'ids/id logins/login attempts/attempt ports/port timings/timing user_ids/uid',
    names: ['users/user=alice|bob|carol|dave', 'emails/email=a@x.com|b@y.org|c@z.net', 'roles/role=admin|editor|guest', 'hosts/host=web1|web2|db', 'tasks/task=build|test|deploy|clean', 'commands/command=start|stop|restart', 'files/filename=a.txt|b.csv|notes.md', 'tags/tag=new|hot|sale'],
    counts: ['settings=width|height|depth', 'config=timeout|retries|port', 'logins=alice|bob|carol', 'options=verbose|level|limit', 'ports=http|https|ssh', 'permissions=read|write|execute'],
    functions: 'check_login next_retry backoff count_active parse_port allowed',
    classes: ['User=name:t,level:n', 'Account=owner:t,balance:n', 'Server=host:t,port:n', 'Session=token:t,timeout:n', 'Task=title:t,priority:n', 'Logger=prefix:t,level:n'],
    records: ['user=name:t,age:n', 'config=host:t,port:n,debug:n', 'response=status:n,body:t', 'account=owner:t,balance:n', 'data=id:n,value:t', 'person=first:t,last:t,age:n'],
  },
  {
    ints: 'lives health score level high_score enemy_count coins ammo turn round_number damage speed player_x dice',
    floats: 'accuracy multiplier win_rate volume gravity',
    texts: ['player=Mario|Zelda|Kirby|Sonic', 'weapon=sword|bow|axe|staff', 'direction=left|right|up|down', 'choice=rock|paper|scissors', 'color=red|blue|green', 'answer=yes|no|maybe', 'guess=7|42|19'],
    numbers: 'points/point rolls/roll scores/score levels/level hits/hit damages/damage',
    names: ['players/player=Ann|Bob|Cat|Dee', 'inventory/item=sword|shield|potion|rope', 'enemies/enemy=orc|goblin|dragon', 'choices/choice=rock|paper|scissors', 'cards/card=ace|king|queen|jack', 'teams/team=Reds|Blues|Greens'],
    counts: ['scores=Ann|Bob|Cat', 'inventory=gold|wood|stone', 'stats=strength|speed|luck', 'player=health|mana|level', 'points=home|away'],
    functions: 'roll_dice take_damage level_up add_points move heal bonus',
    classes: ['Player=name:t,health:n', 'Enemy=kind:t,damage:n', 'Game=title:t,round:n', 'Card=suit:t,value:n', 'Team=name:t,points:n', 'Dice=color:t,sides:n'],
    records: ['player=name:t,score:n', 'weapon=name:t,damage:n', 'hero=name:t,hp:n,level:n', 'team=name:t,wins:n'],
  },
  {
    ints: 'balance amount deposit salary years hours_worked months bonus employees account_no bill people payment',
    floats: 'interest rate wage tax tip monthly_payment net_pay exchange_rate principal',
    texts: ['name=John|Sarah|Ahmed|Lena|Ivan', 'owner=Mia|Tom|Raj', 'department=sales|IT|HR|finance', 'employee=Dana|Kofi|Elsa', 'company=Acme|Initech|Globex', 'job=driver|nurse|engineer'],
    numbers: 'salaries/salary payments/payment balances/balance deposits/deposit expenses/expense bills/bill wages/wage transactions/amount',
    names: ['employees/employee=Dana|Eli|Finn|Gus', 'departments/dept=IT|HR|Sales', 'accounts/account=savings|checking|credit', 'companies/company=Acme|Globex|Umbrella', 'people/person=Ann|Raj|Li|Zoe'],
    counts: ['salaries=Dana|Eli|Finn', 'expenses=rent|food|travel', 'balances=savings|checking', 'budget=rent|food|fun|gas', 'hours=mon|tue|wed', 'ages=Tom|Sue|Ray|Kim'],
    functions: 'compute_interest calculate_tax add_bonus withdraw deposit monthly_rate split_bill net_salary',
    classes: ['BankAccount=owner:t,balance:n', 'Employee=name:t,salary:n', 'Account=number:t,balance:n', 'Person=name:t,age:n', 'Invoice=client:t,amount:n', 'Wallet=owner:t,cash:n'],
    records: ['employee=name:t,salary:n,dept:t', 'account=id:n,balance:n', 'person=name:t,age:n,city:t', 'invoice=client:t,total:n'],
  },
  {
    ints: 'x y n a b num number k width height radius size factor base exponent rows cols divisor numerator denominator step',
    floats: 'area result mean pi_value slope ratio distance delta epsilon variance',
    texts: ['shape=circle|square|cube', 'unit=cm|kg|km', 'operation=add|sub|mul', 'op=+|-|*', 's=abc|hello|xyz|12345', 'label=total|sum|area', 'binary=1011|1100'],
    numbers: 'numbers/num nums/n values/value data/x arr/a sides/side squares/square primes/p evens/even digits/digit vector/v my_list/item lst/i xs/x',
    names: ['shapes/shape=circle|square|line', 'units/unit=cm|m|km', 'symbols/symbol=+|-|*|/', 'labels/label=low|mid|high', 'lst/s=a|bb|ccc', 'my_list/element=one|two|three'],
    counts: ['d=a|b|c', 'values=x|y|z', 'sizes=small|medium|large', 'point=x|y', 'my_dict=one|two|three', 'areas=room|hall', 'data=a|b'],
    functions: 'square add multiply divide factorial f area is_even power double compute subtract cube calc mean',
    classes: ['Point=label:t,x:n', 'Rectangle=color:t,width:n', 'Circle=color:t,radius:n', 'Shape=name:t,sides:n', 'Vector=name:t,size:n', 'Counter=label:t,count:n', 'Node=label:t,value:n'],
    records: ['point=x:n,y:n', 'shape=kind:t,sides:n', 'd=a:n,b:n', 'my_dict=key:t,value:n'],
  },
  {
    ints: 'pages copies published_year num_books chapter rating minutes track episodes plays duration seats',
    floats: 'avg_rating stars progress runtime_hours fine',
    texts: ['title=Dune|Emma|Ulysses|Hamlet|Matilda', 'author=Austen|Orwell|Woolf|Tolkien', 'genre=drama|comedy|horror|poetry', 'artist=Queen|Adele|Bach', 'song=Yesterday|Imagine', 'movie=Alien|Up|Jaws', 'language=English|French|Python'],
    numbers: 'ratings/rating pages/page years/year durations/duration votes/vote minutes/minute',
    names: ['books/book=Dune|Emma|Ulysses', 'authors/author=Woolf|Orwell|Austen', 'movies/movie=Alien|Up|Jaws|Coco', 'songs/song=Hello|Imagine|Help', 'genres/genre=drama|comedy|horror', 'playlist/track=Intro|Verse|Outro', 'languages/language=Python|Java|Rust|Go'],
    counts: ['ratings=Dune|Emma|Emma II', 'copies=Dune|Hamlet', 'library=fiction|science|art', 'plays=Hello|Help', 'votes=yes|no|maybe', 'years=Alien|Up'],
    functions: 'average_rating total_pages late_fee reading_time rate',
    classes: ['Book=title:t,pages:n', 'Movie=title:t,year:n', 'Song=artist:t,length:n', 'Library=city:t,books:n', 'Playlist=title:t,size:n'],
    records: ['book=title:t,author:t,year:n', 'movie=title:t,rating:n', 'song=title:t,artist:t'],
  },
  {
    ints: 'distance speed passengers seats fuel stops gate weight legs miles km dogs cats age_years floors eggs cups servings calories',
    floats: 'mpg latitude longitude height_m bmi dose oven_temp liters flour',
    texts: ['destination=Rome|Lima|Boston|Kyoto', 'animal=cat|dog|horse|owl', 'pet=Rex|Luna|Milo', 'car=Honda|Volvo|Fiat', 'country=Spain|Japan|Brazil|Kenya', 'food=pizza|rice|soup|salad', 'ingredient=salt|flour|butter', 'breed=poodle|beagle'],
    numbers: 'distances/distance weights/weight heights/height speeds/speed miles/mile calories/cal stops/stop',
    names: ['animals/animal=cat|dog|cow|owl|fox', 'countries/country=Spain|Japan|Peru', 'cars/car=Honda|Volvo|Fiat', 'pets/pet=Rex|Luna|Milo', 'ingredients/ingredient=salt|flour|eggs|sugar', 'route/stop=Oslo|Bergen|Voss', 'planets/planet=Mars|Venus|Earth', 'foods/food=pizza|rice|soup'],
    counts: ['weights=cat|dog|cow', 'distances=Rome|Lima|Kyoto', 'population=Spain|Japan|Peru', 'recipe=flour|sugar|eggs', 'legs=spider|dog|bird', 'capitals=France|Italy', 'speeds=car|bike|bus'],
    functions: 'travel_time to_km fuel_cost calories bmi dog_years scale_recipe',
    classes: ['Dog=name:t,age:n', 'Car=brand:t,speed:n', 'Animal=species:t,legs:n', 'Trip=city:t,days:n', 'Recipe=title:t,servings:n', 'Vehicle=model:t,wheels:n', 'Cat=name:t,lives:n'],
    records: ['car=brand:t,year:n', 'pet=name:t,age:n', 'trip=city:t,days:n', 'recipe=title:t,servings:n', 'dog=name:t,breed:t'],
  },
];

/** Names that programs of any subject use. */
export const COMMON = {
  ints: 'x y n i j k a b c num count total value number m val size limit counter result start end'.split(' '),
  floats: 'x y value rate f avg total result z t temp'.split(' '),
  texts: 's name text word msg message string line title key label result char value'.split(' '),
  textValues:
    'hello|world|abc|Python|test|data|banana|foo bar|yes|open|John|apple|cat|a,b,c|first|42 apples|red|value|OpenAI|blue sky|end|none|coffee|lemon|ticket|window'.split('|'),
  labels:
    'Total|Result|Value|Sum|Score|Age|Name|Count|Price|Answer|Average|Max|Output|Item|The answer is|You have|Number of items|Length|Final|Temperature|Balance|Level|Year|Size|Done|Hello|Welcome|Points|Cost|Distance|Rank|Status|Speed|Height|Found|Next|Current value|Your score|Items|Time|Total cost|Profit|ID|Order|Page|User|Grade|Weight'.split('|'),
  comments:
    'print the result|add them up|calculate the total|example|main part|loop over the list|setup|get the value|compute average|test|check the input|update|helper|define the data|this should work|output|use the function|convert to string|create list|start here|show it|read the data|final answer|sum of values'.split('|'),
  verbs: 'process get show handle update check compute find run calculate load make build print_all describe report count'.split(' '),
  params: 'x y n a b value num item data s text values items lst k amount'.split(' '),
};
